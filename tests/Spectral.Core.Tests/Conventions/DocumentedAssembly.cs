using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Spectral.Core.Tests.Conventions;

/// <summary>An assembly beside the documentation file that the compiler wrote for it.</summary>
internal sealed class DocumentedAssembly
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, XElement> _members;

    private DocumentedAssembly(Assembly assembly, XDocument documentation)
    {
        Types = [.. assembly.GetExportedTypes().Where(type => !IsGenerated(type))];
        _members = documentation.Descendants("member").ToDictionary(member => (string?)member.Attribute("name") ?? "");
    }

    /// <summary>The public types.</summary>
    public ImmutableArray<Type> Types { get; }

    /// <summary>Reads an assembly's documentation file.</summary>
    public static DocumentedAssembly Load(Assembly assembly) =>
        new(assembly, XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

    /// <summary>The full names of public types and members without a meaning.</summary>
    public IEnumerable<string> Undocumented()
    {
        foreach (Type type in Types)
        {
            string name = type.FullName!.Replace('+', '.');
            if (!IsSaid("T:" + name))
                yield return name;
            foreach (MemberInfo member in type.GetMembers(Declared).Where(member => Counts(type, member)))
            {
                if (!IsSaid(type, name, member))
                    yield return $"{name}.{member.Name}";
            }
        }
    }

    private bool IsSaid(Type type, string typeName, MemberInfo member) => member switch
    {
        PropertyInfo property => IsSaid($"P:{typeName}.{property.Name}", orParameters: true)
            || IsParameter(typeName, property.Name),
        FieldInfo field => IsSaid($"F:{typeName}.{field.Name}"),
        MethodBase method => IsSaid($"M:{typeName}.{MethodName(method)}", orParameters: true)
            || (method is ConstructorInfo && (type.GetMethod("<Clone>$") is not null || HasPrimaryConstructor(typeName))),
        EventInfo occasion => IsSaid($"E:{typeName}.{occasion.Name}"),
        _ => true,
    };

    /// <summary>A positional property of a record is documented as the record's parameter.</summary>
    private bool IsParameter(string typeName, string name) =>
        _members.TryGetValue("T:" + typeName, out XElement? type)
        && type.Elements("param").Any(parameter =>
            (string?)parameter.Attribute("name") == name && !string.IsNullOrWhiteSpace(parameter.Value));

    /// <summary>A primary constructor is documented by the type's own parameters.</summary>
    private bool HasPrimaryConstructor(string typeName) =>
        _members.TryGetValue("T:" + typeName, out XElement? type) && type.Elements("param").Any();

    private bool IsSaid(string id, bool orParameters = false) =>
        (_members.TryGetValue(id, out XElement? found) && Says(found))
        || (orParameters && _members.Any(member =>
            (member.Key.StartsWith(id + "(", StringComparison.Ordinal) || member.Key.StartsWith(id + "``", StringComparison.Ordinal))
            && Says(member.Value)));

    private static bool Says(XElement member) =>
        member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value);

    private static string MethodName(MethodBase method) => method is ConstructorInfo ? "#ctor" : method.Name;

    private static bool Counts(Type type, MemberInfo member) =>
        !IsGenerated(member)
        && member is not Type
        && member is not MethodInfo { IsSpecialName: true }
        && !(type.IsEnum && member.Name == "value__")
        && !(type.IsSubclassOf(typeof(Delegate)))
        && !(member is ConstructorInfo constructor && constructor.GetParameters().Length == 0);

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name.Contains('<', StringComparison.Ordinal);
}
