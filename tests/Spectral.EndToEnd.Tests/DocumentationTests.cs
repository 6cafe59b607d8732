using System.Reflection;
using Spectral.Core.Tests.Conventions;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Every public type and member of the program and of the DSL says what it means.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("spectral")]
    [InlineData("Spectral.Dsl")]
    public void Everything_public_is_documented(string assembly)
    {
        DocumentedAssembly documented = DocumentedAssembly.Load(Assembly.Load(assembly));
        Assert.NotEmpty(documented.Types);
        Assert.Empty(documented.Undocumented());
    }
}
