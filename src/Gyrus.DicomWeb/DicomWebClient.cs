using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Polly;

namespace Gyrus.DicomWeb;

/// <summary>Asks an archive for studies, fetches them and stores objects there: QIDO-RS, WADO-RS and STOW-RS of PS3.18. What fails for a while is asked again
/// (<see cref="ArchiveRetry"/>).</summary>
public sealed class DicomWebClient : IDisposable
{
    private const string Json = "application/dicom+json", Dicom = "application/dicom";

    /// <summary>Entries that are asked for at once.</summary>
    private const int Page = 200;

    // An archive on tapes takes minutes to begin with.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http;
    private readonly ResiliencePipeline _retry;

    /// <summary>Makes a client.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="retry">How it is asked again; usually <see cref="ArchiveRetry.Pipeline"/>.</param>
    public DicomWebClient(ArchiveAddress archive, ResiliencePipeline retry)
    {
        ArgumentNullException.ThrowIfNull(archive);
        _retry = retry;
        _http = new HttpClient { BaseAddress = archive.Address, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = archive.Credentials;
    }

    /// <summary>The archive's root.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>The studies that a query finds, all of them.</summary>
    /// <param name="query">Of <see cref="ArchiveQuery.Parse"/>; empty for all.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GyrusException">The archive does not answer, or refuses.</exception>
    public Task<IReadOnlyList<ArchiveEntry>> FindStudies(string query, CancellationToken cancellation) => Find("studies", query, entry => entry.StudyUid, cancellation);

    /// <summary>The series of a study.</summary>
    /// <param name="study">The study's UID.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GyrusException">The archive does not answer, or refuses.</exception>
    public Task<IReadOnlyList<ArchiveEntry>> FindSeries(string study, CancellationToken cancellation) =>
        Find($"studies/{ArchiveQuery.Uid(study)}/series", "", entry => entry.SeriesUid, cancellation);

    /// <summary>Fetches the objects of a series into files <c>1.dcm</c>, <c>2.dcm</c> and so on. Where it breaks off it begins anew.</summary>
    /// <param name="study">The study's UID.</param>
    /// <param name="series">The series' UID.</param>
    /// <param name="folder">Takes the files; made where it is missing.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="GyrusException">The archive does not answer, or refuses.</exception>
    public Task<int> FetchSeries(string study, string series, string folder, CancellationToken cancellation) => Ask(async stop =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"studies/{ArchiveQuery.Uid(study)}/series/{ArchiveQuery.Uid(series)}");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse($"multipart/related; type=\"{Dicom}\"; transfer-syntax=*"));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        await RequireSuccess(answer, stop);
        var reader = new MultipartReader(Boundary(answer), await answer.Content.ReadAsStreamAsync(stop));
        Directory.CreateDirectory(folder);
        int count = 0;
        while (await reader.ReadNextSectionAsync(stop) is { } part)
        {
            await using var file = File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{++count}.dcm")));
            await part.Body.CopyToAsync(file, stop);
        }
        return count;
    }, cancellation);

    /// <summary>Stores objects. One that is there already is not stored twice: archives know it by its UID.</summary>
    /// <param name="files">Whole DICOM files.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GyrusException">The archive does not answer, or did not take all of them.</exception>
    public Task Store(IReadOnlyList<byte[]> files, CancellationToken cancellation) => Ask(async stop =>
    {
        using var body = new MultipartContent("related", $"gyrus-{Guid.NewGuid():N}");
        body.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", $"\"{Dicom}\""));
        foreach (var file in files)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue(Dicom);
            body.Add(part);
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, "studies") { Content = body };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        using var answer = await _http.SendAsync(request, stop);
        // 409 tells which were not taken: PS3.18 section 10.5.3.
        if (answer.StatusCode != HttpStatusCode.Conflict) await RequireSuccess(answer, stop);
        if (await Failures(answer, stop) is > 0 and var failed)
            throw new GyrusException($"{Address}: the archive did not take {failed} of {files.Count} objects. Its log says why; it may not allow their class, or the patient differs.");
        return files.Count;
    }, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<ArchiveEntry>> Find(string path, string query, Func<ArchiveEntry, string> uid, CancellationToken cancellation)
    {
        Dictionary<string, ArchiveEntry> found = [];
        for (int offset = 0; ; offset += Page)
        {
            var page = await Ask(stop => Entries(string.Create(
                CultureInfo.InvariantCulture, $"{path}?{(query.Length > 0 ? query + "&" : "")}limit={Page}&offset={offset}"), stop), cancellation);
            int before = found.Count;
            foreach (var entry in page.Where(entry => uid(entry).Length > 0)) found.TryAdd(uid(entry), entry);
            // An archive that does not know offsets gives the same page again.
            if (page.Count < Page || found.Count == before) return [.. found.Values];
        }
    }

    private async Task<IReadOnlyList<ArchiveEntry>> Entries(string address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        using var answer = await _http.SendAsync(request, cancellation);
        if (answer.StatusCode == HttpStatusCode.NoContent) return [];
        await RequireSuccess(answer, cancellation);
        using var json = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
        return json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray().Select(ArchiveEntry.Of)] : [];
    }

    private static async Task<int> Failures(HttpResponseMessage answer, CancellationToken cancellation)
    {
        const string failedSequence = "00081198";
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (!text.TrimStart().StartsWith('{')) return answer.IsSuccessStatusCode ? 0 : 1;
        using var json = JsonDocument.Parse(text);
        return json.RootElement.TryGetProperty(failedSequence, out var failed) && failed.TryGetProperty("Value", out var items) && items.ValueKind == JsonValueKind.Array
            ? items.GetArrayLength() : 0;
    }

    private string Boundary(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value?.Trim('"')
        ?? throw new GyrusException($"{Address}: the archive answers with {answer.Content.Headers.ContentType?.MediaType ?? "nothing"} in place of several DICOM objects. Is this the root of its DICOMweb service?");

    private async Task RequireSuccess(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode) return;
        int code = (int)answer.StatusCode;
        var words = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                $"it wants to know who asks, or does not allow it ({code}); set {ArchiveAddress.TokenVariable}, or {ArchiveAddress.UserVariable} and {ArchiveAddress.PasswordVariable}",
            HttpStatusCode.NotFound => $"it has no such study or service ({code}); check the address and the UID",
            _ => $"it answers {code} {answer.ReasonPhrase}",
        };
        await answer.Content.LoadIntoBufferAsync(cancellation);
        throw new HttpRequestException($"{Address}: {words}", null, answer.StatusCode);
    }

    private async Task<T> Ask<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await _retry.ExecuteAsync(async stop =>
            {
                try
                {
                    return await ask(stop);
                }
                catch (TaskCanceledException e) when (!stop.IsCancellationRequested)
                {
                    throw new TimeoutException($"{Address}: the archive did not answer for {Patience.TotalMinutes:0} minutes", e);
                }
            }, cancellation);
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            throw new GyrusException($"{Address}: the archive does not answer ({e.Message}). Is it running, and is this its address?", e);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            throw new GyrusException($"{e.Message}.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException)
        {
            throw new GyrusException($"{Address}: the archive's answer cannot be read ({e.Message}).", e);
        }
    }
}
