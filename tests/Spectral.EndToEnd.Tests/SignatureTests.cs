using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Signatures as openssl makes keys and checks them: none of the product's code is asked.</summary>
public sealed class SignatureTests(SealedBundles bundles)
{
    private const string Python = "/usr/bin/python3", OpenSsl = "/usr/bin/openssl";

    [Fact]
    public async Task A_signed_run_is_verified_by_the_commands_of_the_documentation_and_by_us()
    {
        Assert.SkipUnless(File.Exists(OpenSsl) && File.Exists(Python), "no openssl or no python3");
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        await Keys(folder, "mine", "other");
        folder.Write("tiny.yaml", Spec.Tiny);
        string bundle = (await spectral.Run("run", "tiny.yaml", "--sign", "mine.pem")).Expect(0).Bundle(folder.Path);
        string envelope = Path.Combine("attest", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(bundle, "attest")))));
        Outcome id = await spectral.RunOther("/bin/sh", "-c", "openssl pkey -pubin -in mine.pub -outform DER | sha256sum");
        Assert.Equal($"attest/{id.Output[..64]}.dsse.json", envelope);

        string program = ByHand(folder);
        CommandLine inside = new(bundle);
        Outcome checkedByHand = (await inside.RunOther(Python, program, envelope, folder.Locate("mine.pub"))).Expect(0);
        Assert.Contains("Verified OK", checkedByHand.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await inside.RunOther(Python, program, envelope, folder.Locate("other.pub"))).ExitCode);
        (await inside.RunOther("sha512sum", "--strict", "--quiet", "-c", "manifest-sha512.txt", "tagmanifest-sha512.txt")).Expect(0);

        Outcome unasked = (await spectral.Run("verify", bundle)).Expect(0);
        Assert.Contains($"signed by key id {id.Output[..64]}, not checked; --key PUB checks it", unasked.Output, StringComparison.Ordinal);
        Outcome asked = (await spectral.Run("verify", bundle, "--key", "mine.pub", "--json")).Expect(0);
        Assert.True(asked.Json["signatures"]![0]!["checked"]!.GetValue<bool>());
        Assert.Contains("no signature by this key", (await spectral.Run("verify", bundle, "--key", "other.pub")).Expect(6).Output, StringComparison.Ordinal);

        // One byte of the payload, then one of the signature: both fail by hand and by us.
        string path = Path.Combine(bundle, envelope), sound = File.ReadAllText(path);
        JsonNode json = JsonNode.Parse(sound)!;
        foreach ((JsonNode at, string key) in (IEnumerable<(JsonNode, string)>)[(json, "payload"), (json["signatures"]![0]!, "sig")])
        {
            string text = at[key]!.GetValue<string>();
            byte[] bytes = Convert.FromBase64String(text);
            bytes[^5] ^= 1;
            File.WriteAllText(path, sound.Replace(text, Convert.ToBase64String(bytes), StringComparison.Ordinal));
            Assert.NotEqual(0, (await inside.RunOther(Python, program, envelope, folder.Locate("mine.pub"))).ExitCode);
            (await spectral.Run("verify", bundle, "--key", "mine.pub")).Expect(6);
        }

        File.WriteAllText(path, sound);
        (await spectral.Run("verify", bundle, "--key", "mine.pub")).Expect(0);
    }

    [Fact]
    public async Task A_bundle_that_stands_is_signed_packed_and_unpacked_with_its_signatures()
    {
        Assert.SkipUnless(File.Exists(OpenSsl), "no openssl");
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        await Keys(folder, "one", "two");
        BundleFiles.Copy(bundles.Tiny, folder.Locate("b"));
        Outcome first = (await spectral.Run("bundle", "sign", "b", "--key", "one.pem")).Expect(0);
        Assert.True(File.Exists(folder.Locate(first.Output.TrimEnd('\n'))));
        string[] signed = BundleFiles.Snapshot(folder.Locate("b"));
        Outcome again = (await spectral.Run("bundle", "sign", "b", "--key", "one.pem")).Expect(0);
        Assert.Contains("already", again.Error, StringComparison.Ordinal);
        Assert.Equal(signed, BundleFiles.Snapshot(folder.Locate("b")));
        (await spectral.Run("bundle", "sign", "b", "--key", "two.pem")).Expect(0);
        (await spectral.Run("bundle", "pack", "b", "--out", "a.tar")).Expect(0);
        Outcome listed = (await spectral.RunOther("tar", "tf", "a.tar")).Expect(0);
        Assert.Equal(BundleFiles.Names(folder.Locate("b")).Select(name => $"{Path.GetFileName(bundles.Tiny)}/{name}"), listed.Lines);
        string unpacked = (await spectral.Run("bundle", "unpack", "a.tar", "--out", "new")).Expect(0).Bundle(folder.Path);
        foreach (string key in (string[])["one.pub", "two.pub"])
            (await spectral.Run("verify", unpacked, "--key", key)).Expect(0);
        (await spectral.Run("bundle", "pack", unpacked, "--out", "again.tar")).Expect(0);
        Assert.Equal(BundleFiles.Sha256(folder.Locate("a.tar")), BundleFiles.Sha256(folder.Locate("again.tar")));
        (await spectral.Run("bundle", "pack", "b", "--out", "a.tar")).ExpectRefusal(2, "exists already");
        (await spectral.Run("bundle", "pack", "b", "--out", "b/a.tar")).ExpectRefusal(2, "sealed");
        (await spectral.Run("bundle", "unpack", "a.tar", "--out", "new")).ExpectRefusal(2, "exists already");
    }

    [Fact]
    public async Task A_key_that_cannot_sign_is_refused_before_anything_runs()
    {
        Assert.SkipUnless(File.Exists(OpenSsl), "no openssl");
        using WorkFolder folder = new();
        await Keys(folder, "mine");
        CommandLine spectral = CommandLine.In(folder);
        (await spectral.RunOther("/bin/sh", "-c", """
            set -e
            openssl pkcs8 -topk8 -passout pass:x -in mine.pem -out encrypted.pem
            openssl ec -aes128 -passout pass:x -in mine.pem -out old.pem
            openssl ecparam -name secp384r1 -genkey -noout -out p384.pem
            openssl genrsa -out rsa.pem 2048
            openssl pkcs8 -topk8 -nocrypt -in mine.pem -out mine8.pem
            openssl ecparam -name prime256v1 -genkey -out parameters.pem
            echo rubbish > rubbish.pem
            head -c 100000 /dev/zero > zeros.pem
            mkdir folder
            """)).Expect(0);
        folder.Write("tiny.yaml", Spec.Tiny);
        string[] before = folder.Entries();
        foreach ((string key, string said) in (IEnumerable<(string, string)>)
            [
                ("encrypted.pem", "encrypted"), ("old.pem", "encrypted"), ("p384.pem", "another curve"), ("rsa.pem", "P-256"),
                ("rubbish.pem", "no PEM"), ("zeros.pem", "expected a key"), ("mine.pub", "PUBLIC KEY"), ("none.pem", "no file"),
                ("folder", "is a folder"), ("", "empty"),
            ])
        {
            (await spectral.Run("run", "tiny.yaml", "--sign", key)).ExpectRefusal(2, "--sign", said);
            Assert.Equal(before, folder.Entries());
        }

        (await spectral.Run("verify", bundles.Tiny, "--key", "mine.pem")).ExpectRefusal(2, "--key", "public key", "-pubout");
        (await spectral.Run("bundle", "sign", bundles.Tiny)).ExpectRefusal(2, "--key");
        foreach (string key in (string[])["mine8.pem", "parameters.pem"])
            (await spectral.Run("run", "tiny.yaml", "--sign", key)).Expect(0);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Assert.Single(Directory.GetDirectories(folder.Locate("runs"))), "attest")).Length);
    }

    /// <summary>The program that docs/bundle.md shows, as a file.</summary>
    private static string ByHand(WorkFolder folder)
    {
        string text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Spec.Quickstart)!, "..", "docs", "bundle.md"));
        string block = text.Split("```python\n").Skip(1).Select(part => part.Split("```")[0]).Single(part => part.Contains("DSSEv1", StringComparison.Ordinal));
        return folder.Locate(folder.Write("by-hand.py", block));
    }

    private static async Task Keys(WorkFolder folder, params string[] names)
    {
        foreach (string name in names)
        {
            (await CommandLine.In(folder).RunOther(
                "/bin/sh", "-c",
                $"openssl ecparam -name prime256v1 -genkey -noout -out {name}.pem && openssl pkey -in {name}.pem -pubout -out {name}.pub")).Expect(0);
        }
    }
}
