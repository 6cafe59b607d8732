using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Spectral.Core.Datasets;

/// <summary>How far a download is.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Bytes">Bytes that are there.</param>
/// <param name="Total">Bytes in all, or null where the server does not say.</param>
public sealed record DownloadProgress(string Name, long Bytes, long? Total);

/// <summary>Downloads a file into a <c>.part</c> file, which a later try goes on with.</summary>
/// <param name="client">Makes the requests.</param>
/// <param name="progress">Told now and then how far it is.</param>
/// <param name="pause">The wait before a new try.</param>
internal sealed class Download(HttpClient client, IProgress<DownloadProgress> progress, TimeSpan pause)
{
    /// <summary>Tries in a row that may bring nothing.</summary>
    private const int FruitlessTries = 4;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);

    /// <summary>Brings the whole of a file.</summary>
    /// <param name="url">Where it lies.</param>
    /// <param name="part">The file to write; where it exists, the download goes on behind its end.</param>
    /// <param name="most">Bytes after which the file is not what was expected.</param>
    /// <param name="cancellation">Asks to stop; what was loaded stays.</param>
    /// <returns>Whether a former part was gone on with.</returns>
    /// <exception cref="IOException">The server refuses or stops answering; the message names the address.</exception>
    /// <exception cref="InvalidDataException">The server sends more than <paramref name="most"/> bytes; the part is removed.</exception>
    public async Task<bool> ToEnd(string url, string part, long most, CancellationToken cancellation)
    {
        bool resumed = File.Exists(part) && new FileInfo(part).Length > 0;
        for (int fruitless = 0; ;)
        {
            long before = Length(part);
            string trouble;
            try
            {
                await Once(url, part, most, cancellation);
                return resumed;
            }
            catch (HttpRequestException failure) when (failure.StatusCode is null)
            {
                trouble = failure.Message;
            }
            catch (HttpIOException failure)
            {
                trouble = failure.Message;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                trouble = string.Create(CultureInfo.InvariantCulture, $"nothing came for {Stall.TotalSeconds} seconds");
            }

            fruitless = Length(part) > before ? 0 : fruitless + 1;
            if (fruitless == FruitlessTries)
            {
                throw new IOException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{url}: {trouble}; {Length(part)} bytes are kept in {part}: run the same command again to go on from there"));
            }

            await Task.Delay(pause, cancellation);
        }
    }

    private async Task Once(string url, string part, long most, CancellationToken cancellation)
    {
        long have = Length(part);
        using CancellationTokenSource stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stalled.CancelAfter(Stall);
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        using HttpResponseMessage response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            // All of it may be there already: the digest will tell.
            if (response.Content.Headers.ContentRange?.Length == have)
                return;
            File.Delete(part);
            throw new HttpIOException(HttpRequestError.InvalidResponse, "the server cannot go on from what is there");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture,
                $"{url}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}, expected the file; name another address with --from"));
        }

        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == have;
        if (!goesOn)
            have = 0; // the server ignored the range and sends everything
        long? total = response.Content.Headers.ContentLength is { } coming ? have + coming : null;
        await using Stream content = await response.Content.ReadAsStreamAsync(stalled.Token);
        await using (FileStream file = new(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write))
        {
            byte[] buffer = new byte[1 << 16];
            for (int read; have <= most && (read = await content.ReadAsync(buffer, stalled.Token)) > 0; have += read)
            {
                stalled.CancelAfter(Stall);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                progress.Report(new DownloadProgress(Path.GetFileNameWithoutExtension(part), have + read, total));
            }
        }

        if (have > most)
        {
            File.Delete(part);
            throw new InvalidDataException($"{url}: found more than the expected {most} bytes; nothing was kept");
        }
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
