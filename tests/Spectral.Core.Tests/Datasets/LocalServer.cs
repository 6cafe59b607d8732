using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Spectral.Core.Tests.Datasets;

/// <summary>How a <see cref="LocalServer"/> misbehaves.</summary>
/// <param name="DropAfter">Bytes of the body after which it closes the connection, by the number of the request from 0; null sends all.</param>
/// <param name="IgnoresRange">Whether it sends everything whatever was asked for.</param>
/// <param name="Status">The status of every answer, or null for 200 and 206.</param>
internal sealed record Manners(Func<int, int?>? DropAfter = null, bool IgnoresRange = false, int? Status = null);

/// <summary>An HTTP server on 127.0.0.1 that serves given files and drops connections when told to.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, byte[]?> _file;
    private readonly Manners _manners;
    private int _requests;

    public LocalServer(Func<string, byte[]?> file, Manners? manners = null)
    {
        (_file, _manners) = (file, manners ?? new Manners());
        _listener.Start();
        _ = Serve();
    }

    /// <summary>The address of the server's root, ending in a slash.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>The requests in order: path, and the range where one was asked for.</summary>
    public ConcurrentQueue<(string Path, long? From)> Requests { get; } = new();

    public void Dispose() => _listener.Stop();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await Answer(client.GetStream());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        string path = (await reader.ReadLineAsync() ?? "GET / HTTP/1.1").Split(' ')[1];
        long? from = null;
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            if (header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = long.Parse(header["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        Requests.Enqueue((path, from));
        int number = _requests++;
        byte[]? body = _file(path);
        long start = _manners.IgnoresRange ? 0 : from ?? 0;
        string head = _manners.Status is { } status ? $"{status} Told"
            : body is null ? "404 Not Found"
            : start > 0 && start >= body.Length ? $"416 Range Not Satisfiable\r\nContent-Range: bytes */{body.Length}"
            : start > 0 ? $"206 Partial Content\r\nContent-Range: bytes {start}-{body.Length - 1}/{body.Length}"
            : "200 OK";
        byte[] rest = head.StartsWith("20", StringComparison.Ordinal) ? body![(int)start..] : [];
        byte[] sent = _manners.DropAfter?.Invoke(number) is { } most && most < rest.Length ? rest[..most] : rest;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {rest.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(sent);
    }
}
