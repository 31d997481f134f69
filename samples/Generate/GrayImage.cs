using NetVips;

namespace Gyrus.Samples;

/// <summary>An image of one channel; values from 0 (black) to 1 (white).</summary>
internal sealed record GrayImage(int Width, int Height, float[] Values)
{
    public static GrayImage Make(int width, int height, Func<int, int, double> value)
    {
        var values = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) values[(y * width) + x] = (float)Math.Clamp(value(x, y), 0, 1);
        }
        return new GrayImage(width, height, values);
    }

    public void Save(string path)
    {
        var bytes = Array.ConvertAll(Values, value => (byte)Math.Round(value * 255));
        using var image = Image.NewFromMemory(bytes, Width, Height, 1, Enums.BandFormat.Uchar);
        image.Pngsave(path, keep: Enums.ForeignKeep.None);
    }
}
