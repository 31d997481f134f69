using Gyrus.Server.Model;
using Xunit;

namespace Gyrus.Server.Tests.Model;

public sealed class CardTextTests
{
    [Fact]
    public void ToHtml_has_tables_and_headings_below_those_of_the_page() => Assert.Equal(
        "<h3>A model</h3>\n<table>\n<thead>\n<tr>\n<th>figure</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>0.9</td>\n</tr>\n</tbody>\n</table>\n",
        CardText.ToHtml("# A model\n\n| figure |\n| --- |\n| 0.9 |\n"));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <img src=x onerror=alert(1)> b")]
    public void ToHtml_shows_markup_as_text(string markdown)
    {
        var html = CardText.ToHtml(markdown);

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;", html, StringComparison.Ordinal);
    }
}
