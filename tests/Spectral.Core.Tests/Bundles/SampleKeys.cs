using System.Security.Cryptography;
using Spectral.Core.Bundles;

namespace Spectral.Core.Tests.Bundles;

/// <summary>Keys that are made for one test.</summary>
internal static class SampleKeys
{
    /// <summary>Makes a key pair, writes the private half and beside it the public one, <c>.pub</c>, and reads it.</summary>
    public static SigningKey New(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(path + ".pub", key.ExportSubjectPublicKeyInfoPem());
        return SigningKey.Read(path);
    }
}
