using Gyrus.Inference;
using Gyrus.Server.History;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Classification;

/// <summary>Classifies the image of a request and keeps the answer.</summary>
internal sealed class ImageAnswers(ClassificationQueue queue, ResultHistory history)
{
    /// <summary>Answers for one image.</summary>
    /// <returns>The answer, and the identifier that it is kept under.</returns>
    /// <exception cref="ServiceProblem">The file cannot be read, or the queue is full.</exception>
    public async Task<(ScanResult Result, string Id)> Of(ScanFile file, HttpContext context)
    {
        var result = (await queue.Classify([file], context.RequestAborted))[0];
        if (result.Error is { } error) throw ServiceProblem.Unprocessable(error);
        return (result, (await history.Add([(file, result)], context, context.RequestAborted))[0]);
    }
}
