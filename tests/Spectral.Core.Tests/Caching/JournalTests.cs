using Spectral.Core.Formats;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Caching;

/// <summary>A journal gives back every record that was written whole, and none that was not.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("journal");

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_appended_is_there_when_it_is_opened_again()
    {
        Write("one", "two with spaces", "drei: äöü");
        Assert.Equal(["one", "two with spaces", "drei: äöü"], Read());
        Write("four");
        Assert.Equal(["one", "two with spaces", "drei: äöü", "four"], Read());
    }

    [Fact]
    public void A_line_that_was_cut_anywhere_is_not_taken_and_those_before_it_are()
    {
        Write("one", "two", "three");
        byte[] whole = File.ReadAllBytes(Path);
        int third = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (int length = third; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Equal(["one", "two"], Read());
        }
    }

    [Fact]
    public void Every_flipped_byte_ends_the_journal_before_its_line()
    {
        Write("one", "two");
        byte[] whole = File.ReadAllBytes(Path);
        int second = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 1;
            File.WriteAllBytes(Path, flipped);
            Assert.Equal(at < second ? [] : (string[])["one"], Read());
        }
    }

    [Fact]
    public void What_is_cut_off_makes_room_for_new_records()
    {
        Write("one", "two", "three");
        File.AppendAllText(Path, "half a li");
        using (Journal journal = Journal.Open(Path))
        {
            journal.Truncate(1);
            journal.Append("other");
        }

        Assert.Equal(["one", "other"], Read());
    }

    [Fact]
    public void A_record_of_two_lines_is_refused() =>
        Assert.Throws<ArgumentException>(() => Write("one\ntwo"));

    private string[] Read()
    {
        using Journal journal = Journal.Open(Path);
        return [.. journal.Records];
    }

    private void Write(params string[] records)
    {
        using Journal journal = Journal.Open(Path);
        journal.Truncate(journal.Records.Length);
        foreach (string record in records)
            journal.Append(record);
    }
}
