using System.Collections.Immutable;
using System.Text;

namespace Spectral.Core.Execution;

/// <summary>
/// The symbols that an ELF library asks of others. Functions are bound at their first call, and one that is missing ends
/// the process then; tables and function pointers are bound when the library is loaded, and one that is missing makes
/// loading fail.
/// </summary>
/// <param name="All">All names, weak ones left out.</param>
/// <param name="AtLoad">Those that loading binds.</param>
public sealed record ElfImports(ImmutableArray<string> All, ImmutableArray<string> AtLoad)
{
    private const uint DynamicSymbols = 11, RelocationsWithAddend = 4;
    private const int WeakBinding = 2;
    private const uint JumpSlot = 7;

    /// <summary>Whether a mangled C++ name speaks of libtorch: at, c10, torch or caffe2.</summary>
    public static bool IsOfTorch(string name) =>
        name.StartsWith("_Z", StringComparison.Ordinal)
        && (name.Contains("2at", StringComparison.Ordinal) || name.Contains("3c10", StringComparison.Ordinal)
            || name.Contains("5torch", StringComparison.Ordinal) || name.Contains("6caffe2", StringComparison.Ordinal));

    /// <summary>Reads a 64-bit little-endian ELF file.</summary>
    /// <param name="path">The library.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static ElfImports Of(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < 64 || !file.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException($"{path}: expected a 64-bit little-endian ELF library");
        try
        {
            return new Reader(file).Read();
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"{path}: a damaged ELF library", failure);
        }
    }

    /// <summary>Offsets are those of the System V ABI.</summary>
    private sealed class Reader(byte[] file)
    {
        public ElfImports Read()
        {
            List<Section> sections = [.. Sections()];
            Section symbols = sections.First(section => section.Type == DynamicSymbols);
            Section strings = sections[(int)symbols.Link];
            HashSet<int> bound = [.. sections
                .Where(section => section.Type == RelocationsWithAddend && sections[(int)section.Link] == symbols)
                .SelectMany(BoundAtLoad)];
            ImmutableArray<string>.Builder all = ImmutableArray.CreateBuilder<string>();
            ImmutableArray<string>.Builder atLoad = ImmutableArray.CreateBuilder<string>();
            for (int index = 1; index < symbols.Size / 24; index++)
            {
                int at = checked((int)symbols.Offset + (index * 24));
                bool isDefined = BitConverter.ToUInt16(file, at + 6) != 0;
                if (isDefined || file[at + 4] >> 4 == WeakBinding)
                    continue;
                string name = Text(strings, BitConverter.ToUInt32(file, at));
                all.Add(name);
                if (bound.Contains(index))
                    atLoad.Add(name);
            }

            return new ElfImports(all.ToImmutable(), atLoad.ToImmutable());
        }

        private IEnumerable<Section> Sections()
        {
            long first = BitConverter.ToInt64(file, 0x28);
            int size = BitConverter.ToUInt16(file, 0x3A), count = BitConverter.ToUInt16(file, 0x3C);
            for (int index = 0; index < count; index++)
            {
                int at = checked((int)(first + ((long)index * size)));
                yield return new Section(
                    BitConverter.ToUInt32(file, at + 4),
                    BitConverter.ToInt64(file, at + 0x18),
                    BitConverter.ToInt64(file, at + 0x20),
                    BitConverter.ToUInt32(file, at + 0x28));
            }
        }

        /// <summary>The symbols of relocations that are not slots of the procedure linkage table.</summary>
        private IEnumerable<int> BoundAtLoad(Section relocations)
        {
            for (long entry = 0; entry < relocations.Size / 24; entry++)
            {
                int at = checked((int)(relocations.Offset + (entry * 24)));
                if (BitConverter.ToUInt32(file, at + 8) != JumpSlot)
                    yield return BitConverter.ToInt32(file, at + 12);
            }
        }

        private string Text(Section strings, uint offset)
        {
            int at = checked((int)(strings.Offset + offset));
            return Encoding.ASCII.GetString(file, at, Array.IndexOf(file, (byte)0, at) - at);
        }
    }

    private sealed record Section(uint Type, long Offset, long Size, uint Link);
}
