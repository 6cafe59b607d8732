using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Spectral.Core.Tests.Formats;

/// <summary>A JSON document as a text, so that FsCheck prints it.</summary>
/// <param name="Text">The document, in no canonical form.</param>
public sealed record JsonDocument(string Text);

/// <summary>Generates JSON documents of numbers, awkward strings, arrays and objects.</summary>
public static class JsonDocuments
{
    /// <summary>The documents.</summary>
    public static Arbitrary<JsonDocument> Documents() => Gen.Sized(size => Value(Math.Min(size, 30)))
        .Select(node => new JsonDocument(node?.ToJsonString() ?? "null"))
        .ToArbitrary();

    private static Gen<JsonNode?> Value(int size) => size < 2
        ? Gen.OneOf(Numbers, Strings, Gen.Elements<JsonNode?>(true, false, null))
        : Gen.OneOf(Numbers, Strings, Arrays(size / 2), Objects(size / 2));

    private static Gen<JsonNode?> Numbers => Gen.OneOf(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(x => (JsonNode?)JsonValue.Create(x.Get)),
        ArbMap.Default.GeneratorFor<int>().Select(x => (JsonNode?)JsonValue.Create(x)),
        Gen.Choose(-323, 308).Select(e => (JsonNode?)JsonValue.Create(Math.ScaleB(1.7, (int)(e * 3.3)))));

    private static Gen<string> Texts => Gen.Elements('a', 'b', '"', '\\', '\n', '\0', '\u007f', 'ö', '\u2028', '\ufb33')
        .Select(c => c.ToString()).Or(Gen.Constant("\ud83d\ude00")).ArrayOf().Select(string.Concat);

    private static Gen<JsonNode?> Strings => Texts.Select(text => (JsonNode?)JsonValue.Create(text));

    private static Gen<JsonNode?> Arrays(int size) => Value(size).ArrayOf(4)
        .Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]));

    private static Gen<JsonNode?> Objects(int size) => Texts.ArrayOf(4).SelectMany(keys => Value(size).ArrayOf(4),
        (keys, values) => (JsonNode?)new JsonObject(keys.Zip(values)
            .DistinctBy(pair => pair.First)
            .Select(pair => KeyValuePair.Create(pair.First, pair.Second?.DeepClone()))));
}
