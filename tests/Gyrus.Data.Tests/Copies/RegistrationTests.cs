using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

public sealed class RegistrationTests
{
    private static readonly Alignment Same = new(1, 0, 0, 0, 1, 0);

    [Fact]
    public void Refine_finds_a_small_affine_map_to_a_tenth_of_a_pixel() => Prop.ForAll(
        Gen.Choose(-30, 30).ArrayOf(6).ToArbitrary(),
        drawn =>
        {
            var head = new DrawnHead(drawn[0] + 50);
            // Up to 2 % of scale and shear, 1.5 pixels of way.
            var map = new Alignment(
                1 + (drawn[0] / 1500.0), drawn[1] / 1500.0, drawn[2] / 20.0,
                drawn[3] / 1500.0, 1 + (drawn[4] / 1500.0), drawn[5] / 20.0);

            // A pixel p of the first shows what lies at map(p) on the second.
            var found = Registration.Refine(head.Draw(map), head.Draw(), Same, 20);

            return Corners().All(point => Distance(found, map, point) < 0.1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Refine_lets_what_was_drawn_over_be()
    {
        var head = new DrawnHead(2);
        var map = new Alignment(1, 0.01, 0.8, -0.01, 1, -0.6);
        var first = head.Draw(map);
        for (int y = 5; y < 30; y++)
            first.Pixels.AsSpan((y * DrawnHead.Side) + 5, 60).Fill((byte)(y % 3 == 0 ? 255 : 0));

        var found = Registration.Refine(first, head.Draw(), Same, 20);

        Assert.All(Corners(), point => Assert.InRange(Distance(found, map, point), 0, 0.3));
    }

    [Fact]
    public void Refine_gives_back_a_map_on_which_the_pictures_do_not_overlap()
    {
        var picture = new DrawnHead(1).Draw();
        var away = new Alignment(1, 0, 500, 0, 1, 500);

        Assert.Equal(away, Registration.Refine(picture, picture, away, 5));
    }

    [Fact]
    public void Scaled_there_and_back_is_the_same_map() => Prop.ForAll(
        Gen.Choose(-1000, 1000).ArrayOf(6).Zip(Gen.Elements(0.25, 0.5, 2, 3.7)).ToArbitrary(),
        drawn =>
        {
            var n = drawn.Item1.Select(number => number / 100.0).ToArray();
            var map = new Alignment(n[0], n[1], n[2], n[3], n[4], n[5]);
            var scaled = map.Scaled(drawn.Item2);
            // A point here is factor * (p + 0.5) - 0.5 there.
            double There(double here) => (drawn.Item2 * (here + 0.5)) - 0.5;
            var (x, y) = At(map, (3, 8));
            var (thereX, thereY) = At(scaled, (There(3), There(8)));
            return Corners().All(point => Distance(scaled.Scaled(1 / drawn.Item2), map, point) < 1e-9)
                && Math.Abs(There(x) - thereX) < 1e-9 && Math.Abs(There(y) - thereY) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, false, 1, "saved again")]
    [InlineData(90, false, 1, "turned by 90°")]
    [InlineData(0, true, 0.5, "mirrored top to bottom, its content at 50 %")]
    [InlineData(180, true, 1, "mirrored")]
    public void InWords_says_what_was_done(double degrees, bool mirrored, double scale, string words) => Assert.Equal(
        words,
        Alignment.Of(new CopyFrame(5, 6, 10), new CopyFrame(7, 8, 10 * scale), degrees * Math.PI / 180, mirrored)
            .InWords());

    private static (double X, double Y)[] Corners() => [(0, 0), (127, 0), (0, 127), (127, 127)];

    private static double Distance(Alignment one, Alignment other, (double X, double Y) point)
    {
        var (a, b) = (At(one, point), At(other, point));
        return Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));
    }

    private static (double X, double Y) At(Alignment map, (double X, double Y) point) => (
        (map.XX * point.X) + (map.XY * point.Y) + map.X0, (map.YX * point.X) + (map.YY * point.Y) + map.Y0);
}
