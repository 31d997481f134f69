using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Testing.Models;

/// <summary>Writing as scanners burn it into images, drawn beside a head: names, dates and settings in the corners.</summary>
public static class DrawnWriting
{
    private const double SmallestLetter = 0.015;
    private const double LargestLetter = 0.04;
    private const int LeastPixels = 5;
    private const int LeastLetters = 3;
    private const int LeastLines = 3;

    // Letters are drawn this many times five by seven pixels and then reduced, so that they have any size.
    private const int Fine = 8;
    private const int Advance = 6;
    private const int Rows = 7;

    // Of the letters that DrawnScan has.
    private static readonly string[] Names = ["KAREN MARTEN", "TANAKA KEN", "MARC CARTER", "AMEE NACRE", "ARTEM KARAT"];
    private static readonly string[] Settings = ["CT 120 MA", "TE 12 TR 500", "NCCT 5 MM", "MATRA 512", "KAN 2 120"];

    /// <summary>Draws three to five lines of white letters into one to four corners, each line as far as the head lets it:
    /// into the head's box, and not onto the head.</summary>
    /// <param name="scan">The scan; it stays as it is.</param>
    /// <param name="head">Its head, whose pixels are the same bits afterwards.</param>
    /// <param name="random">Chooses corners, sizes and words.</param>
    /// <returns>The scan with writing; null where fewer than three lines have room.</returns>
    public static Scan? On(Scan scan, HeadMask head, Random random)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(random);
        var written = scan with { Rgb = [.. scan.Rgb] };
        var corners = new[] { 0, 1, 2, 3 };
        random.Shuffle(corners);
        int lines = corners[..random.Next(1, 5)].Sum(corner => Corner(written, head, corner, random));
        return lines >= LeastLines ? written : null;
    }

    /// <summary>Writes into a corner.</summary>
    /// <returns>How many lines had room.</returns>
    private static int Corner(Scan scan, HeadMask head, int corner, Random random)
    {
        double share = SmallestLetter + (random.NextDouble() * (LargestLetter - SmallestLetter));
        int height = Math.Max(LeastPixels, (int)Math.Round(share * scan.Height));
        int margin = random.Next(1, 2 + (scan.Width / 40));
        int lines = random.Next(3, 6), step = (3 * height / 2) + 1, written = 0;
        for (int k = 0; k < lines; k++)
        {
            int top = corner < 2 ? margin + (k * step) : scan.Height - margin - ((lines - k) * step);
            var text = Words(k, random);
            for (; text.Length >= LeastLetters; text = text[..^1])
            {
                int width = text.Length * Advance * height / Rows;
                int left = corner % 2 == 0 ? margin : scan.Width - margin - width;
                if (!IsFree(head, left, top, width, height)) continue;
                Lay(Line(text, width), scan, left, top);
                written++;
                break;
            }
        }
        return written;
    }

    private static string Words(int line, Random random) => line switch
    {
        0 => Names[random.Next(Names.Length)],
        1 => $"{Digit(random)}{Digit(random)} {Digit(random)}{Digit(random)} 20{Digit(random)}{Digit(random)}",
        _ => $"{Settings[random.Next(Settings.Length)]} {Digit(random)}{Digit(random)}",
    };

    private static char Digit(Random random) => "0125"[random.Next(4)];

    /// <summary>Whether a rectangle, with a pixel below it that rounding may need, lies on the image beside the head.</summary>
    private static bool IsFree(HeadMask head, int left, int top, int width, int height)
    {
        if (left < 0 || top < 0 || left + width > head.Width || top + height >= head.Height) return false;
        for (int y = top; y <= top + height; y++)
        {
            if (head.Inside.AsSpan((y * head.Width) + left, width).Contains(true)) return false;
        }
        return true;
    }

    private static GreyPicture Line(string text, int width)
    {
        var drawn = new DrawnScan(text.Length * Advance * Fine, Rows * Fine, background: 0)
            .Text(0, 0, text, Fine, 255, 255, 255);
        return GreyPicture.Of(drawn.Scan).ScaledTo(width);
    }

    private static void Lay(GreyPicture line, Scan scan, int left, int top)
    {
        for (int y = 0; y < Math.Min(line.Height, scan.Height - top); y++)
        {
            for (int x = 0; x < Math.Min(line.Width, scan.Width - left); x++)
            {
                byte grey = line.Pixels[(y * line.Width) + x];
                foreach (ref byte value in scan.Rgb.AsSpan(3 * (((top + y) * scan.Width) + left + x), 3))
                    value = Math.Max(value, grey);
            }
        }
    }
}
