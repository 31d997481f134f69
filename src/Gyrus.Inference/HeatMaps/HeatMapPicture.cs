using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Imaging.Grey;

namespace Gyrus.Inference.HeatMaps;

/// <summary>Draws evidence over a scan, with a bar beside it that says what the colours mean.</summary>
public static class HeatMapPicture
{
    /// <summary>The longest side of the scan in a picture, in pixels; a longer one is scaled down.</summary>
    public const int LongestSide = 512;

    private const int LeastHeight = 120;
    private const byte Ink = 230;

    /// <summary>What red and blue speak for. A label's name may have any letters, which a bar has not.</summary>
    private static readonly (string Red, string Blue) OfTumour = ("tumour", "healthy"), OfLabel = ("for", "against");

    /// <summary>What of a scan is below the colours: its grey, at most <see cref="LongestSide"/> pixels long.</summary>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static GreyPicture Backdrop(Scan scan)
    {
        var grey = GreyPicture.Of(scan);
        return Math.Max(grey.Width, grey.Height) > LongestSide ? grey.ScaledTo(LongestSide) : grey;
    }

    /// <summary>Draws a map.</summary>
    /// <param name="backdrop">The scan (<see cref="Backdrop"/>).</param>
    /// <param name="map">The evidence. Of a tumour the bar says "tumour" and "healthy", of a label "for" and "against"; which label it is
    /// has to be told beside the picture.</param>
    /// <param name="area">The part of the scan that it covers.</param>
    /// <returns>A PNG file: the scan at the upper left, the bar right of it.</returns>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static byte[] Draw(GreyPicture backdrop, EvidenceMap map, ImageArea area) => PngEncoder.Encode(Paint(backdrop, map, area), compression: 1);

    /// <summary>As <see cref="Draw"/>, as pixels.</summary>
    /// <param name="backdrop">The scan.</param>
    /// <param name="map">The evidence.</param>
    /// <param name="area">The part of the scan that it covers.</param>
    public static Scan Paint(GreyPicture backdrop, EvidenceMap map, ImageArea area)
    {
        ArgumentNullException.ThrowIfNull(backdrop);
        ArgumentNullException.ThrowIfNull(map);
        var scale = EvidenceScale.Of(map);
        int letters = Math.Max(1, backdrop.Height / 200);
        int width = backdrop.Width + (letters * ((8 * BitmapText.Advance) + 12));
        int height = Math.Max(backdrop.Height, LeastHeight);
        var canvas = new Canvas(width, height, new byte[3 * width * height]);
        var evidence = map.Over(area, backdrop.Width, backdrop.Height);
        var factor = (float)(1 / scale.Limit);
        for (int y = 0; y < backdrop.Height; y++)
        {
            for (int x = 0; x < backdrop.Width; x++)
            {
                int at = (y * backdrop.Width) + x;
                canvas.Set(x, y, EvidenceColours.Over(backdrop.Pixels[at], evidence[at] * factor));
            }
        }
        DrawBar(canvas, backdrop.Width + (8 * letters), letters, scale, map.Label is null ? OfTumour : OfLabel);
        return new Scan(width, height, "RGB", "png", canvas.Rgb);
    }

    private static void DrawBar(Canvas canvas, int left, int letters, EvidenceScale scale, (string Red, string Blue) words)
    {
        int line = letters * (BitmapText.Height + 3);
        int top = (2 * line) + line;
        int bottom = canvas.Height - (2 * line);
        int thickness = 12 * letters;
        canvas.Write(left, letters * 2, letters, "log-odds");
        canvas.Write(left, line + (letters * 2), letters, words.Red);
        canvas.Write(left, canvas.Height - line, letters, words.Blue);
        for (int y = top; y <= bottom; y++)
        {
            var colour = EvidenceColours.Over(128, 1 - (2f * (y - top) / (bottom - top)));
            for (int x = left; x < left + thickness; x++) canvas.Set(x, y, colour);
        }
        foreach (var (value, label) in scale.Ticks())
        {
            int y = top + (int)Math.Round((1 - value) / 2 * (bottom - top));
            for (int x = left + thickness; x < left + thickness + (3 * letters); x++) canvas.Set(x, y, (Ink, Ink, Ink));
            canvas.Write(left + thickness + (5 * letters), y - (letters * BitmapText.Height / 2), letters, label);
        }
    }

    private sealed record Canvas(int Width, int Height, byte[] Rgb)
    {
        public void Set(int x, int y, (byte R, byte G, byte B) colour)
        {
            int at = 3 * ((y * Width) + x);
            (Rgb[at], Rgb[at + 1], Rgb[at + 2]) = colour;
        }

        public void Write(int left, int top, int letters, string text)
        {
            foreach (var (x, y) in BitmapText.Pixels(text))
            {
                for (int i = 0; i < letters * letters; i++)
                    Set(left + (letters * x) + (i % letters), top + (letters * y) + (i / letters), (Ink, Ink, Ink));
            }
        }
    }
}
