using System.Diagnostics;
using System.Net.Http.Headers;

namespace Gyrus.Bench.Load;

/// <summary>What became of a request.</summary>
/// <param name="Milliseconds">From when it was due to the end of its answer.</param>
/// <param name="Status">The answer's status; 0 where there was none.</param>
internal sealed record Answered(double Milliseconds, int Status);

/// <summary>Sends images to a service, in one of two ways.</summary>
internal sealed class Client(Uri classify, IReadOnlyList<byte[]> images) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>Every image once, so many at a time, each as soon as one before is answered.</summary>
    /// <returns>Images a second.</returns>
    public async Task<double> AsFastAsItGoes(int atATime)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, images.Count), new ParallelOptions { MaxDegreeOfParallelism = atATime }, async (i, _) =>
            {
                var answer = await Send(i, Stopwatch.GetTimestamp());
                if (answer.Status != 200) throw new InvalidOperationException($"the service answered {answer.Status}");
            });
        return images.Count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Requests that come at random and do not wait for one another's answers, as those of many callers do. A late
    /// answer counts from when its request was due.</summary>
    /// <param name="rate">Requests a second, on average.</param>
    /// <param name="duration">How long they come.</param>
    /// <param name="seed">Of their times.</param>
    public async Task<Answered[]> AtRandom(double rate, TimeSpan duration, int seed)
    {
        var random = new Random(seed);
        var requests = new List<Task<Answered>>();
        long begin = Stopwatch.GetTimestamp();
        double due = 0;
        while ((due += -Math.Log(1 - random.NextDouble()) / rate) < duration.TotalSeconds)
        {
            long at = begin + (long)(due * Stopwatch.Frequency);
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            int image = requests.Count % images.Count;
            // A thread of its own: what is left to do here is to keep the time.
            requests.Add(Task.Run(() => Send(image, at)));
        }
        return await Task.WhenAll(requests);
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answered> Send(int image, long due)
    {
        using var content = new ByteArrayContent(images[image]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        int status = 0;
        try
        {
            using var answer = await _client.PostAsync(classify, content);
            status = (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Counted as no answer.
        }
        return new Answered(Stopwatch.GetElapsedTime(due).TotalMilliseconds, status);
    }
}
