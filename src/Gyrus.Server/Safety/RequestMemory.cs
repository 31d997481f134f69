using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gyrus.Server.Safety;

/// <summary>What one request holds of the memory that <see cref="BodyMemory"/> bounds, until it is answered.</summary>
/// <param name="take">Takes bytes from what all requests have, given what this one then holds.</param>
internal sealed class RequestMemory(Action<int, long> take)
{
    /// <summary>The bytes that the request holds.</summary>
    public long Held { get; private set; }

    /// <summary>The memory of a request.</summary>
    public static RequestMemory Of(HttpContext context) => context.Features.GetRequiredFeature<RequestMemory>();

    /// <summary>Takes bytes.</summary>
    /// <exception cref="Problems.ServiceProblem">There is no room for them.</exception>
    public void Take(int bytes)
    {
        Held += bytes;
        take(bytes, Held);
    }
}
