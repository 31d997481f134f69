using System.Net;
using System.Text;

namespace Gyrus.Data.Pages;

/// <summary>What a page is filled with. Everything is text that is escaped, but for <see cref="PageChart.Svg"/>.</summary>
/// <param name="Kind">What kind of page it is, in a few words.</param>
/// <param name="Name">What it is about, in a word.</param>
/// <param name="Source">The same, as it was named.</param>
/// <param name="Summary">How it reads, in a sentence.</param>
/// <param name="Facts">The figures under the title.</param>
/// <param name="ScoreCard">Its score card; none where it has none.</param>
/// <param name="Sections">What is behind it.</param>
/// <param name="Footer">Its last sentences.</param>
public sealed record PageModel(
    string Kind,
    string Name,
    string Source,
    string Summary,
    IReadOnlyList<PageFact> Facts,
    IReadOnlyList<PageScore> ScoreCard,
    IReadOnlyList<PageSection> Sections,
    IReadOnlyList<string> Footer);

/// <summary>A figure under the title.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Name">What it is.</param>
public sealed record PageFact(string Value, string Name);

/// <summary>A line of the score card.</summary>
/// <param name="Verdict">The verdict in a word, which is its class in the style sheet too.</param>
/// <param name="Sign">The verdict as a sign.</param>
/// <param name="Title">The finding, for people.</param>
/// <param name="Section">The section that it is shown in.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="Mend">The command that mends it, or null.</param>
public sealed record PageScore(
    string Verdict, string Sign, string Title, string Section, string Sentence, string? Mend);

/// <summary>A section.</summary>
/// <param name="Id">Names it in links.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">Its paragraphs.</param>
public sealed record PageSection(string Id, string Title, params IReadOnlyList<string> Text)
{
    /// <summary>Its charts.</summary>
    public IReadOnlyList<PageChart> Charts { get; init; } = [];

    /// <summary>Its galleries.</summary>
    public IReadOnlyList<PageGallery> Galleries { get; init; } = [];

    /// <summary>Its tables.</summary>
    public IReadOnlyList<PageTable> Tables { get; init; } = [];
}

/// <summary>A chart.</summary>
/// <param name="Svg">The drawing, as it goes into the page.</param>
/// <param name="Caption">What it shows.</param>
public sealed record PageChart(string Svg, string Caption)
{
    /// <summary>A plot with a paper of its own, which stays white on a dark page.</summary>
    /// <param name="svg">The plot's file.</param>
    /// <param name="caption">What it shows.</param>
    public static PageChart OnPaper(string svg, string caption) => new(
        $"<img alt=\"{WebUtility.HtmlEncode(caption)}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\">", caption);
}

/// <summary>A table; the first cell of a row names it.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Numeric">Whether the cells but the first are numbers.</param>
/// <param name="Header">The names of its columns.</param>
/// <param name="Rows">Its rows.</param>
public sealed record PageTable(
    string Caption, bool Numeric, IReadOnlyList<string> Header, IReadOnlyList<PageRow> Rows)
{
    /// <summary>Whether it is shown at once; otherwise its caption is, and it on a click.</summary>
    public bool Open { get; init; }

    /// <summary>How many rows more there are elsewhere, or null.</summary>
    public string? More { get; init; }
}

/// <summary>A row of a table.</summary>
/// <param name="Name">Its first cell.</param>
/// <param name="Cells">The others.</param>
public sealed record PageRow(string Name, params IReadOnlyList<string> Cells);

/// <summary>A gallery.</summary>
/// <param name="Title">What it shows; null where its section has no other.</param>
/// <param name="Cards">Its cards.</param>
/// <param name="More">How many more there are elsewhere, or null.</param>
public sealed record PageGallery(string? Title, IReadOnlyList<PageCard> Cards, string? More);

/// <summary>One picture, or several side by side.</summary>
/// <param name="Shots">The pictures.</param>
/// <param name="Note">What is to be seen, or null.</param>
/// <param name="Pair">Whether there are two.</param>
public sealed record PageCard(IReadOnlyList<PageShot> Shots, string? Note, bool Pair);

/// <summary>A picture.</summary>
/// <param name="Data">Its data URI; null where its file is gone.</param>
/// <param name="Alternative">What it is, for those who cannot see it.</param>
/// <param name="Path">The image's path.</param>
/// <param name="Label">Its label, or nothing.</param>
/// <param name="Part">Its part, or nothing.</param>
public sealed record PageShot(string? Data, string Alternative, string Path, string Label, string Part)
{
    /// <summary>The file's name and its folder's.</summary>
    public string ShortPath => string.Join('/', Path.Split('/')[^Math.Min(2, Path.Split('/').Length)..]);
}
