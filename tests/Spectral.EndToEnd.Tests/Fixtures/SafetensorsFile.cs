using System.Text;
using System.Text.Json.Nodes;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>Writes weights as another tool would: a <c>.safetensors</c> file of binary64, with none of our code.</summary>
public static class SafetensorsFile
{
    /// <summary>Writes tensors whose elements are all one number each.</summary>
    public static void Write(string path, params (string Name, int[] Shape, double Value)[] tensors)
    {
        JsonObject header = [];
        List<byte> data = [];
        foreach ((string name, int[] shape, double value) in tensors)
        {
            int start = data.Count, count = shape.Aggregate(1, (product, extent) => product * extent);
            data.AddRange(Enumerable.Repeat(value, count).SelectMany(BitConverter.GetBytes));
            header[name] = new JsonObject
            {
                ["dtype"] = "F64",
                ["shape"] = new JsonArray([.. shape.Select(extent => (JsonNode)extent)]),
                ["data_offsets"] = new JsonArray(start, data.Count),
            };
        }

        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)text.Length), .. text, .. data]);
    }
}
