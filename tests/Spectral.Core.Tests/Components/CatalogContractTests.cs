using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Components;

/// <summary>What every member of the Catalog keeps to; a new component is tested by its one line there.</summary>
public sealed partial class CatalogContractTests
{
    private static readonly ComponentCatalog Components = Catalog.Components;

    /// <summary>Every member, as family/kind, but for <c>arrays</c>: its settings name files, and it has tests of its own.</summary>
    public static TheoryData<string> Members { get; } =
    [
        .. Components.Families
            .SelectMany(family => family.Members.Select(member => $"{family.Name}/{member.Kind}"))
            .Where(name => name != "dataset/arrays"),
    ];

    [Fact]
    public void Every_family_and_member_is_there_when_the_Catalog_is_first_used()
    {
        Assert.Equal(
            [
                "dataset", "noise", "network", "layer", "initialization", "loss", "optimizer", "schedule", "augmentation",
                "stopping", "cutoff", "analysis",
            ],
            Components.Families.Select(family => family.Name));
        foreach (ComponentFamily family in Components.Families)
        {
            Assert.True(family.Type.IsAbstract, $"{family.Name} is not open");
            Assert.False(string.IsNullOrWhiteSpace(family.Summary));
            Assert.NotEmpty(family.Members);
            Assert.All(family.Members, Assert.NotNull);
            Assert.All(family.Members.SelectMany(member => member.Fields), Assert.NotNull);
        }
    }

    [Fact]
    public void Every_record_of_a_family_is_registered_and_every_abstract_record_of_the_plan_is_a_family()
    {
        Type[] types = typeof(Catalog).Assembly.GetTypes();
        Type[] families = [.. Components.Families.Select(family => family.Type)];
        // A network's own building blocks have no definition: no spec names them.
        Type[] members =
        [
            .. types.Where(type => !type.IsAbstract && families.Any(type.IsSubclassOf) && type.GetProperty("Definition") is not null),
        ];
        Assert.Equal(
            members.Select(type => type.FullName).Order(StringComparer.Ordinal),
            Components.Families.SelectMany(family => family.Members).Select(member => member.Component.FullName)
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            types.Where(type => type.Namespace == typeof(RunPlan).Namespace && type.IsAbstract && !type.IsSealed
                    && type.GetMethod("<Clone>$") is not null)
                .Select(type => type.Name).Order(StringComparer.Ordinal),
            families.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Kinds_are_unique_in_their_family() =>
        Assert.All(Components.Families, family =>
            Assert.Distinct(family.Members.Select(member => member.Kind), StringComparer.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_is_named_in_snake_case_and_says_what_it_is(string member)
    {
        ComponentDefinition definition = Of(member);
        Assert.Matches(SnakeCase(), definition.Kind);
        Assert.EndsWith(".", definition.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', definition.Summary);
        Assert.False(string.IsNullOrWhiteSpace(definition.Source));
        Assert.Contains(definition.Kind, definition.Example, StringComparison.Ordinal);
        Assert.True(definition.Component.IsSealed);
        Assert.True(definition.Component.IsSubclassOf(definition.Family));
        Assert.Same(definition, Components.Find(definition.Family, definition.Kind));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_field_is_named_after_the_property_that_it_reads(string member)
    {
        ComponentDefinition definition = Of(member);
        object component = Representative.Component(definition, defaults: false);
        Assert.Distinct(definition.Fields.Select(field => field.Name));
        foreach (Field field in definition.Fields)
        {
            Assert.Matches(SnakeCase(), field.Name);
            Assert.EndsWith(".", field.Doc, StringComparison.Ordinal);
            Assert.True(field.Unit is null || field.Unit.Trim().Length > 0);
            string property = string.Concat(
                field.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            object? kept = definition.Component.GetProperty(property)?.GetValue(component);
            object read = field.Read(component);
            // A component may keep more than the author wrote, such as layers under their names, or settings that
            // several kinds share in a record of their own.
            if (kept?.GetType() == read.GetType())
                Assert.Equal(Text(field.Type, kept), Text(field.Type, read));
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_field_reads_what_was_bound_to_it(string member)
    {
        ComponentDefinition definition = Of(member);
        foreach (bool defaults in (bool[])[true, false])
        {
            IReadOnlyDictionary<string, object> values = Representative.Values(definition, defaults);
            object component = definition.Bind(new Settings(values));
            Assert.Equal(definition.Component, component.GetType());
            Assert.All(definition.Fields, field =>
                Assert.Equal(Text(field.Type, values[field.Name]), Text(field.Type, field.Read(component))));
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_default_is_a_value_that_its_field_accepts(string member) =>
        Assert.All(
            Of(member).Fields.Where(field => field.Default is not null),
            field => AssertAccepts(field.Type, field.Default!));

    [Theory]
    [MemberData(nameof(Members))]
    public void Settings_that_its_fields_allow_go_together(string member)
    {
        ComponentDefinition definition = Of(member);
        Assert.All(Representative.Values(definition, defaults: false), pair =>
            AssertAccepts(definition.Fields.Single(field => field.Name == pair.Key).Type, pair.Value));
        Assert.Empty(definition.Check(Representative.Component(definition, defaults: false)));
        Assert.Empty(definition.Check(Representative.Component(definition, defaults: true)));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_component_survives_its_plan_JSON(string member)
    {
        ComponentDefinition definition = Of(member);
        foreach (bool defaults in (bool[])[true, false])
        {
            object component = Representative.Component(definition, defaults);
            byte[] written = CanonicalJson.Serialize(ComponentJson.Write(component, Components));
            JsonObject settings = CanonicalJson.Parse(written)![definition.Kind]!.AsObject();
            Assert.Equal(
                definition.Fields.Select(field => field.Name).Order(), settings.Select(pair => pair.Key).Order());
            object read = ComponentJson.Read(CanonicalJson.Parse(written), definition.Family, "here", Components);
            Assert.Equal(definition.Component, read.GetType());
            Assert.Equal(written, CanonicalJson.Serialize(ComponentJson.Write(read, Components)));
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_key_too_many_a_key_too_few_or_a_value_of_another_type_is_refused_by_its_path(string member)
    {
        ComponentDefinition definition = Of(member);
        Assert.Equal($"here.{definition.Kind}: unknown key 'extra'", Refusal(settings => settings["extra"] = 1));
        foreach (string name in definition.Fields.Select(field => field.Name))
        {
            Assert.Equal(
                $"here.{definition.Kind}: the key '{name}' is missing", Refusal(settings => settings.Remove(name)));
            foreach (JsonNode? wrong in (JsonNode?[])[null, new JsonObject(), new JsonObject { ["no such kind"] = 1 }])
            {
                Assert.StartsWith(
                    $"here.{definition.Kind}.{name}: ",
                    Refusal(settings => settings[name] = wrong),
                    StringComparison.Ordinal);
            }
        }

        string Refusal(Action<JsonObject> damage)
        {
            JsonObject written = ComponentJson.Write(Representative.Component(definition, defaults: false), Components);
            damage(written[definition.Kind]!.AsObject());
            return Assert.Throws<FormatException>(
                () => ComponentJson.Read(written, definition.Family, "here", Components)).Message;
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Settings_without_a_field_do_not_bind(string member)
    {
        ComponentDefinition definition = Of(member);
        IReadOnlyDictionary<string, object> values = Representative.Values(definition, defaults: false);
        Assert.All(definition.Fields, field =>
        {
            Dictionary<string, object> others = values.Where(pair => pair.Key != field.Name).ToDictionary();
            string message = Assert.Throws<ArgumentException>(() => definition.Bind(new Settings(others))).Message;
            Assert.Contains($"'{field.Name}'", message, StringComparison.Ordinal);
            others[field.Name] = new object();
            Assert.Throws<ArgumentException>(() => definition.Bind(new Settings(others)));
        });
    }

    private static ComponentDefinition Of(string member)
    {
        string[] names = member.Split('/');
        return Components.Families.Single(family => family.Name == names[0]).Members
            .Single(found => found.Kind == names[1]);
    }

    private static void AssertAccepts(FieldType type, object value)
    {
        switch (type)
        {
            case ScalarType scalar:
                Assert.Equal(value, scalar.Accept(scalar.ToScalar(value)));
                break;
            case ListType list:
                object[] items = [.. list.Items(value)];
                Assert.True(items.Length >= list.MinimumCount);
                Assert.All(items, item => AssertAccepts(list.Item, item));
                Assert.Equal(value.GetType(), list.Collect(items).GetType());
                break;
            default:
                Type family = Assert.IsType<ComponentType>(type).Family;
                Assert.Equal(family, Components.DefinitionOf(value).Family);
                break;
        }
    }

    /// <summary>A value as JSON text, which compares lists by their items.</summary>
    private static string Text(FieldType type, object value) => type switch
    {
        ScalarType scalar => scalar.ToScalar(value).Description,
        ListType list => "[" + string.Join(", ", list.Items(value).Select(item => Text(list.Item, item))) + "]",
        _ => ComponentJson.Write(value, Components).ToJsonString(),
    };

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
