namespace Spectral.Core.Bundles;

/// <summary>
/// Signatures as far as they can be checked without a key: each is a well-formed envelope under its key's name, and
/// states exactly what is to be stated of this bundle.
/// </summary>
internal static class AttestationCheck
{
    /// <summary>Checks every file of <c>attest/</c>.</summary>
    public static void Run(BundleInventory bundle, List<BundleProblem> problems)
    {
        foreach (var path in bundle.Files.Keys.Where(path => Attestation.KeyIdIn(path) is not null))
            Read(bundle, path, problems);
    }

    /// <summary>An envelope that states what it must; null, with a problem, for any other.</summary>
    public static DsseEnvelope? Read(BundleInventory bundle, string path, List<BundleProblem> problems)
    {
        if (bundle.Read(path, BagLayout.LargestAttestation) is not { } bytes
            || bundle.Read(BagLayout.Info) is not { } info
            || bundle.Read(BagLayout.TagManifest) is not { } tagManifest)
            return null;
        DsseEnvelope envelope;
        try
        {
            envelope = DsseEnvelope.Parse(bytes);
        }
        catch (FormatException error)
        {
            problems.Add(new BundleProblem(path, error.Message, "a DSSE envelope"));
            return null;
        }

        if (envelope.KeyId != Attestation.KeyIdIn(path))
        {
            problems.Add(new BundleProblem(path, $"the keyid {envelope.KeyId}", "the one that its name says"));
            return null;
        }

        // One spelling for one statement: what differs in any byte states something else.
        var due = ProvenanceStatement.Of(BagInfo.Read(info, []), tagManifest).ToBytes();
        if (envelope.Payload.AsSpan().SequenceEqual(due))
            return envelope;
        problems.Add(new BundleProblem(
            path, "a statement about something else than this bundle, or in another spelling",
            "one about its content digest and its tag manifest; sign it again with 'spectral bundle sign'"));
        return null;
    }
}
