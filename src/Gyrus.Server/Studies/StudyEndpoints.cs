using System.Text.Json;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gyrus.Server.Studies;

/// <summary>Studies in by STOW-RS (PS3.18 section 10.5), as archives and modalities send them, and their answers out.</summary>
internal static class StudyEndpoints
{
    private const string Dicom = "application/dicom", DicomJson = "application/dicom+json";

    // RFC 2046 allows 70 characters, and Orthanc 1.10 sends 73.
    private const int LongestBoundary = 200;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("").WithTags("Studies");
        routes.MapPost("/v1/dicom-web/studies", (HttpContext context, StudySpool spool) => Store(context, spool, null))
            .WithSummary("Takes DICOM objects (STOW-RS).")
            .WithDescription("The body is multipart/related of application/dicom. A study is answered once nothing more of it has come for some seconds.")
            .Produces(StatusCodes.Status200OK, contentType: DicomJson)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        routes.MapPost("/v1/dicom-web/studies/{study}", (HttpContext context, StudySpool spool, string study) => Store(context, spool, study))
            .WithSummary("Takes DICOM objects of one study (STOW-RS).")
            .Produces(StatusCodes.Status200OK, contentType: DicomJson);
        routes.MapGet("/v1/studies", (StudySpool spool) => new StudyList([.. spool.All().Select(Listed)]))
            .WithSummary("The studies that were sent.");
        routes.MapGet("/v1/studies/{study}", Answer)
            .WithSummary("The answer to a study that was sent.")
            .WithDescription("With the fields of the command line's answer to a study. 202 while it waits.")
            .Produces<StudyListed>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapDelete("/v1/studies/{study}", (StudySpool spool, string study) => spool.Delete(study) ? Results.NoContent() : throw Unknown(study))
            .WithSummary("Deletes a study that was sent, and its answer.");
    }

    private static StudyListed Listed(SpooledStudy study) => new(study.Uid, study.IsAnswered ? "answered" : "waiting", Math.Max(study.Objects, study.Answer?.Objects ?? 0));

    private static IResult Answer(StudySpool spool, string study)
    {
        var found = spool.Find(study) ?? throw Unknown(study);
        return found.IsAnswered ? Results.Bytes(found.Answer!.Json, "application/json")
            : Results.Json(Listed(found), JsonSerializerOptions.Web, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Store(HttpContext context, StudySpool spool, string? study)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/related", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw ServiceProblem.UnsupportedMediaType($"Send DICOM objects as the parts of a body of type multipart/related; type=\"{Dicom}\"; boundary=….");
        }
        // Objects go to the disk as they come; what all bodies hold together is bounded elsewhere.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = null;
        List<SentObject> sent = [];
        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body);
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } part) sent.Add(await spool.Add(part.Body, study, context.RequestAborted));
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not BadHttpRequestException))
        {
            throw ServiceProblem.BadRequest("The body cannot be read: it is cut off or not built as multipart/related is. What came before is taken; send it again.");
        }
        if (sent.Count == 0) throw ServiceProblem.BadRequest("The body has no part. Send each DICOM object as one.");
        int failed = sent.Count(one => one.Failure is not null);
        int status = failed == 0 ? StatusCodes.Status200OK : failed < sent.Count ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict;
        return new StoredResult(StowAnswer.Json(sent), status);
    }

    private static ServiceProblem Unknown(string study) => ServiceProblem.NotFound($"No study '{study}' was sent here, or it was deleted.");

    private sealed class StoredResult(byte[] json, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = DicomJson;
            return httpContext.Response.Body.WriteAsync(json).AsTask();
        }
    }
}

/// <summary>The studies that were sent.</summary>
/// <param name="Studies">The studies.</param>
internal sealed record StudyList(IReadOnlyList<StudyListed> Studies);

/// <summary>A study that was sent.</summary>
/// <param name="Study">Its UID.</param>
/// <param name="Status"><c>waiting</c> or <c>answered</c>.</param>
/// <param name="Objects">Objects that came.</param>
internal sealed record StudyListed(string Study, string Status, int Objects);
