using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>
/// A copy of a sound bundle in the hands of someone who means harm: files are changed, and where that is asked every hash
/// is made to fit again.
/// </summary>
/// <param name="Root">The copy's folder.</param>
public sealed partial record BundleForgery(string Root)
{
    private const string Info = "bag-info.txt", Payload = "manifest-sha512.txt", Tags = "tagmanifest-sha512.txt";

    /// <summary>The absolute path of a file.</summary>
    public string Locate(string path) => Path.Combine(Root, path);

    /// <summary>Puts bytes in the place of a file, and folders on the way.</summary>
    public void Put(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Locate(path))!);
        File.WriteAllBytes(Locate(path), bytes);
    }

    /// <summary>Puts a text in the place of a file.</summary>
    public void Put(string path, string text) => Put(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Puts a file's bytes through a change and makes every hash fit, so that only its form can betray it.</summary>
    public void PutAndSeal(string path, byte[] bytes)
    {
        Put(path, bytes);
        BundleFiles.Reseal(Root);
    }

    /// <summary>The same with a text.</summary>
    public void PutAndSeal(string path, string text) => PutAndSeal(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Edits the plan, and makes the plan hash and every other hash fit.</summary>
    public void Plan(Func<string, string> edit)
    {
        string plan = Locate("data/plan.json"), before = File.ReadAllText(plan), after = edit(before);
        if (after == before)
            throw new ArgumentException("the edit changed nothing", nameof(edit));
        File.WriteAllText(plan, after);
        string hash = BundleFiles.Sha256(plan);
        Put(Info, HashLine().Replace(File.ReadAllText(Locate(Info)), "Spectral-Plan-Hash: " + hash));
        BundleFiles.Reseal(Root);
    }

    /// <summary>Edits the payload manifest's text; the tag manifest is made to fit.</summary>
    public void Manifest(Func<string, string> edit) => Manifest(Encoding.UTF8.GetBytes(edit(File.ReadAllText(Locate(Payload)))));

    /// <summary>Puts bytes in the payload manifest's place; the tag manifest is made to fit.</summary>
    public void Manifest(byte[] bytes) => Tag(Payload, bytes);

    /// <summary>Adds a line for a path to the payload manifest.</summary>
    public void List(string path) => Manifest(text => text + new string('0', 128) + "  " + path + "\n");

    /// <summary>Edits <c>bag-info.txt</c>; the tag manifest is made to fit.</summary>
    public void EditInfo(Func<string, string> edit) => Tag(Info, Encoding.UTF8.GetBytes(edit(File.ReadAllText(Locate(Info)))));

    /// <summary>Puts bytes in a tag file's place; the tag manifest is made to fit.</summary>
    public void Tag(string name, byte[] bytes)
    {
        Put(name, bytes);
        string[] names = ["bag-info.txt", "bagit.txt", Payload];
        Put(Tags, string.Concat(names.Select(tag => $"{BundleFiles.Sha512(Locate(tag))}  {tag}\n")));
    }

    /// <summary>Edits the tag manifest.</summary>
    public void TagManifest(Func<string, string> edit) => Put(Tags, edit(File.ReadAllText(Locate(Tags))));

    /// <summary>Moves a file or folder out of the bundle and leaves a symbolic link to it.</summary>
    public void Link(string path)
    {
        string kept = Root + "-elsewhere";
        Directory.Move(Locate(path), kept);
        File.CreateSymbolicLink(Locate(path), kept);
    }

    /// <summary>Leaves a symbolic link to anywhere in a file's place.</summary>
    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Locate(path))!);
        File.Delete(Locate(path));
        File.CreateSymbolicLink(Locate(path), target);
    }

    /// <summary>Puts a pipe in a file's place, at which a careless reader waits for ever.</summary>
    public void Pipe(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Locate(path))!);
        File.Delete(Locate(path));
        Do("mkfifo", Locate(path));
    }

    /// <summary>Puts a device without an end in a file's place; a pipe where this user may make none.</summary>
    public void Device(string path)
    {
        File.Delete(Locate(path));
        using Process process = Process.Start(new ProcessStartInfo("mknod", [Locate(path), "c", "1", "5"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            Pipe(path);
    }

    /// <summary>Puts a socket in a file's place.</summary>
    public void Socket(string path)
    {
        File.Delete(Locate(path));
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // The address is too short for long paths, so it is bound nearby and moved.
        string near = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        socket.Bind(new UnixDomainSocketEndPoint(near));
        Do("mv", near, Locate(path));
    }

    /// <summary>Puts a hole of many bytes in a file's place.</summary>
    public void Hole(string path, long length)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Locate(path))!);
        using FileStream file = new(Locate(path), FileMode.Create);
        file.SetLength(length);
    }

    /// <summary>Does something that only a shell can, with the bundle as its folder.</summary>
    public void Shell(string command) => Do("/bin/sh", "-c", $"cd '{Root}' && {command}");

    private static void Do(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    [GeneratedRegex("^Spectral-Plan-Hash: .*$", RegexOptions.Multiline)]
    private static partial Regex HashLine();
}
