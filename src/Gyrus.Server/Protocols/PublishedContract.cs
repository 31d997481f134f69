using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Contracts;
using Gyrus.Server.Fetching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gyrus.Server.Protocols;

/// <summary>The contract of the system that was published before, so that its clients work unchanged:
/// <c>{"url": "…"}</c> in, a flat dictionary of the model's labels and their probabilities out.</summary>
internal static class PublishedContract
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("").WithTags("Published contract");
        foreach (var path in (string[])["/2015-03-31/functions/function/invocations", "/detect"])
        {
            routes.MapPost(path, Detect)
                .WithSummary("The published contract: an address in, the labels' probabilities out.")
                .WithDescription("Off unless the service was started so that it fetches images.")
                .Produces<Dictionary<string, double>>()
                .ProducesProblem(StatusCodes.Status403Forbidden)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> Detect(AddressRequest body, HttpContext context, ImageAnswers answers)
    {
        var (result, _) = await answers.OneAt(body.Url, heatMap: null, context);
        return WrittenJson.Of(json => AnswerJson.WriteProbabilities(json, result));
    }
}
