using Gyrus.Data.Copies;
using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Tests.Copies;

/// <summary>A head by a formula, so that it can be drawn however it lies without resampling.</summary>
internal sealed class DrawnHead
{
    public const int Side = 128;

    private const int Structures = 60;
    private const double Orbit = 12; // Pixels.
    private const double Middle = (Side - 1) / 2.0;

    private readonly (double X, double Y, double Size, double Grey, double Phase, double Pace)[] structures;

    public DrawnHead(int seed)
    {
        var random = new Random(seed);
        double Between(double least, double most) => least + ((most - least) * random.NextDouble());
        structures = [.. Enumerable.Range(0, Structures).Select(_ => (
            Between(25, 102), Between(20, 108), Between(2.5, 7), Between(-70, 70),
            Between(0, 2 * Math.PI), Between(-1, 1)))];
    }

    /// <summary>Draws the head.</summary>
    /// <param name="toHead">Where a pixel of the picture lies on the head; null for the same place.</param>
    /// <param name="moved">Pixels that the fastest inner structure has moved; each goes round at its own pace.</param>
    public GreyPicture Draw(Alignment? toHead = null, double moved = 0)
    {
        var map = toHead ?? new Alignment(1, 0, 0, 0, 1, 0);
        var pixels = new byte[Side * Side];
        for (int at = 0; at < pixels.Length; at++)
        {
            int x = at % Side, y = at / Side;
            pixels[at] = (byte)Math.Clamp(
                Grey((map.XX * x) + (map.XY * y) + map.X0, (map.YX * x) + (map.YY * y) + map.Y0, moved), 0, 255);
        }
        return new GreyPicture(Side, Side, pixels);
    }

    public Fingerprint Fingerprint(Alignment? toHead = null, double moved = 0) =>
        new(Side, Side, Draw(toHead, moved).Pixels);

    private double Grey(double x, double y, double moved)
    {
        double radius = Math.Sqrt(Math.Pow((x - Middle) / 46, 2) + Math.Pow((y - Middle) / 56, 2));
        double skull = 200 * Math.Exp(-Math.Pow((radius - 1) / 0.05, 2));
        double grey = 10 + skull;
        double inside = 1 / (1 + Math.Exp((radius - 0.93) * 40));
        if (inside < 1e-3) return grey;
        double brain = 100;
        foreach (var (middleX, middleY, size, strength, phase, pace) in structures)
        {
            double turn = phase + (moved * pace / Orbit);
            double across = x - middleX - (Orbit * Math.Cos(turn)), down = y - middleY - (Orbit * Math.Sin(turn));
            double away = ((across * across) + (down * down)) / (2 * size * size);
            if (away < 10) brain += strength * Math.Exp(-away);
        }
        return grey + (inside * brain);
    }
}
