using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The form of every file that a reader of the bundle takes apart: arrays, weights, tables and JSON. Of arrays and
/// weights the header is read and held against the file's length; nothing that a header declares is allocated.
/// </summary>
internal static class FormCheck
{
    /// <summary>Checks every file of the payload by the end of its name.</summary>
    public static void Run(BundleInventory bundle, List<BundleProblem> problems)
    {
        foreach (var path in bundle.Files.Keys.Where(ManifestCheck.IsPayload))
        {
            if (FormOf(path) is not { } form)
                continue;
            try
            {
                bundle.Attempt(path, () => Check(bundle.Locate(path), form));
            }
            catch (FormatException error)
            {
                problems.Add(new BundleProblem(path, error.Message, $"a sound {Path.GetExtension(path)} file"));
            }
        }

        foreach (var path in bundle.Files.Keys.Where(IsJson))
        {
            if (bundle.Read(path) is not { } bytes)
                continue;
            try
            {
                JsonStrictness.Check(bytes);
            }
            catch (FormatException error)
            {
                problems.Add(new BundleProblem(path, error.Message, "strict JSON (RFC 8785)"));
            }
        }
    }

    private static Action<Stream>? FormOf(string path) => Path.GetExtension(path) switch
    {
        ".npy" => NpyArray.CheckForm,
        ".safetensors" => file => SafetensorsReader.CheckForm(file, BagLayout.LargestParsedFile),
        ".csv" => CsvForm.Check,
        _ => null,
    };

    // The plan, the digest and the crate have checks of their own, which read them anyway.
    private static bool IsJson(string path) => ManifestCheck.IsPayload(path)
        && Path.GetExtension(path) == ".json"
        && path[BagLayout.PayloadPrefix.Length..] is not (BagLayout.Plan or BagLayout.Content or BagLayout.Crate);

    // The value only says that it was done.
    private static string Check(string file, Action<Stream> form)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        form(stream);
        return file;
    }
}
