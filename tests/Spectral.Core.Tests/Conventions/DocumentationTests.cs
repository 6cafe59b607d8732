using System.Reflection;
using Xunit;

namespace Spectral.Core.Tests.Conventions;

/// <summary>Every public type and member says what it means.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("Spectral.Core")]
    [InlineData("Spectral.Report")]
    public void Everything_public_is_documented(string assembly)
    {
        DocumentedAssembly documented = DocumentedAssembly.Load(Assembly.Load(assembly));
        Assert.True(documented.Types.Length > 10);
        Assert.Empty(documented.Undocumented());
    }

    [Fact]
    public void What_is_not_documented_is_found()
    {
        string[] missing = [.. DocumentedAssembly.Load(typeof(DocumentationTests).Assembly).Undocumented()];
        Assert.Contains(missing, name => name.EndsWith(nameof(UndocumentedExample), StringComparison.Ordinal));
        Assert.Contains(missing, name => name.EndsWith("HalfDocumentedExample.Member", StringComparison.Ordinal));
        Assert.Contains(missing, name => name.EndsWith("HalfDocumentedRecord.Forgotten", StringComparison.Ordinal));
        Assert.Contains(missing, name => name.EndsWith("HalfDocumentedExample.Blank", StringComparison.Ordinal));
        Assert.DoesNotContain(missing, name => name.EndsWith("HalfDocumentedExample.Said", StringComparison.Ordinal));
        Assert.DoesNotContain(missing, name => name.EndsWith("HalfDocumentedRecord.Known", StringComparison.Ordinal));
    }
}

public static class UndocumentedExample;

/// <summary>An example for the test of the test.</summary>
public static class HalfDocumentedExample
{
    /// <summary>Documented.</summary>
    public static int Said => 1;

    public static int Member(int argument) => argument;

    /// <summary> </summary>
    public static int Blank => 2;
}

/// <summary>An example for the test of the test.</summary>
/// <param name="Known">Documented.</param>
public sealed record HalfDocumentedRecord(int Known, int Forgotten);
