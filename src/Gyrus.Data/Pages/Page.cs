using HandlebarsDotNet;

namespace Gyrus.Data.Pages;

/// <summary>A report as a page: one file that needs no other, no network and no script.</summary>
public static class Page
{
    private static readonly Lazy<HandlebarsTemplate<object, object>> Template = new(() => Handlebars.Create(
        new HandlebarsConfiguration { TextEncoder = new HtmlEncoder(), ThrowOnUnresolvedBindingExpression = true })
        .Compile(Resource("page.hbs")));

    private static readonly Lazy<string> Style = new(() => Resource("page.css"));

    /// <summary>Renders a page as HTML.</summary>
    /// <param name="model">What it holds.</param>
    public static string Render(PageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Template.Value(new
        {
            model.Kind,
            model.Name,
            model.Source,
            Style = Style.Value,
            model.Summary,
            model.Facts,
            model.ScoreCard,
            model.Sections,
            model.Footer,
        });
    }

    private static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
