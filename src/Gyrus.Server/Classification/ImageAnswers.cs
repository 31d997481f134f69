using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Server.Fetching;
using Gyrus.Server.History;
using Gyrus.Server.Problems;
using Gyrus.Server.Safety;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Classification;

/// <summary>Classifies the images of a request and keeps what came of them: the one way that every endpoint goes, so that a
/// file that cannot be read is the same everywhere. It is recorded, with an error; where the answer is about one image the caller
/// gets a problem, and where it is a list its row has the error.</summary>
internal sealed class ImageAnswers(ClassificationQueue queue, UrlFetcher fetcher, ResultHistory history)
{
    /// <summary>Answers for one image.</summary>
    /// <returns>The answer, and the identifier that it is kept under.</returns>
    /// <exception cref="ServiceProblem">The file cannot be read, which is kept too, or the queue is full.</exception>
    public async Task<(ScanResult Result, string Id)> One(ScanFile file, HttpContext context)
    {
        var answer = (await Each([file], context))[0];
        return answer.Result.Error is { } error ? throw ServiceProblem.Unprocessable(error) : answer;
    }

    /// <summary>Answers for one image that is fetched.</summary>
    /// <returns>The answer, and the identifier that it is kept under.</returns>
    /// <exception cref="ServiceProblem">The image cannot be fetched, or what <see cref="One"/> throws.</exception>
    public async Task<(ScanResult Result, string Id)> OneAt(string? url, HeatMapRequest? heatMap, HttpContext context)
    {
        fetcher.RequireAllowed();
        await queue.RequireRoom();
        return await One(await fetcher.Fetch(url, heatMap, RequestMemory.Of(context).Take, context.RequestAborted), context);
    }

    /// <summary>Answers for several images, those that cannot be read with their errors.</summary>
    /// <returns>The answers in order, and the identifiers that they are kept under.</returns>
    /// <exception cref="ServiceProblem">The queue is full.</exception>
    public async Task<IReadOnlyList<(ScanResult Result, string Id)>> Each(IReadOnlyList<ScanFile> files, HttpContext context)
    {
        var results = await queue.Classify(files, context.RequestAborted);
        return [.. results.Zip(await Keep(files.Zip(results), context))];
    }

    /// <summary>Answers for several images where an answer has no place for an error: all of them or none.</summary>
    /// <returns>The answers in order.</returns>
    /// <exception cref="ServiceProblem">A file cannot be read, or the queue is full. Those that cannot be read are kept; the others are
    /// not, since nobody gets their answers.</exception>
    public async Task<IReadOnlyList<ScanResult>> All(IReadOnlyList<ScanFile> files, HttpContext context)
    {
        var results = await queue.Classify(files, context.RequestAborted);
        var answers = files.Zip(results).ToList();
        var unreadable = answers.Where(answer => answer.Second.Error is not null).ToList();
        await Keep(unreadable.Count > 0 ? unreadable : answers, context);
        if (unreadable.Count == 0) return results;
        var errors = string.Join(" ", unreadable.Select(answer => answer.Second.Error!.TrimEnd('.') + "."));
        throw ServiceProblem.Unprocessable(files.Count == 1 ? errors
            : $"{errors} Nothing was answered: send the others without {(unreadable.Count == 1 ? "it" : "them")}.");
    }

    private Task<IReadOnlyList<string>> Keep(IEnumerable<(ScanFile, ScanResult)> answers, HttpContext context) =>
        history.Add([.. answers], context, context.RequestAborted);
}
