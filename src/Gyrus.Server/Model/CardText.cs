using Markdig;
using Markdig.Syntax;

namespace Gyrus.Server.Model;

/// <summary>A model's card as a piece of a page.</summary>
internal static class CardText
{
    // The card is the model's maker's, and the page the service's: markup in it is shown as text.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Makes HTML, without a head or a body, of Markdown with tables. Headings begin at the third level, below those of the page.</summary>
    /// <param name="markdown">The card.</param>
    public static string ToHtml(string markdown)
    {
        const int above = 2, deepest = 6;
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(heading.Level + above, deepest);
        return document.ToHtml(Pipeline);
    }
}
