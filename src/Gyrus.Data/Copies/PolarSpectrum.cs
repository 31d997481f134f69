using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>
/// A disc of a picture as rings, each ring as waves around it. Turning the picture changes the waves' phases alone and
/// mirroring it their signs, so that their magnitudes say what is seen however it lies, and the phases say how it lies.
/// </summary>
/// <remarks>Rings and waves after D. Casasent and D. Psaltis, "Position, rotation, and scale invariant optical
/// correlation", Applied Optics 15 (1976).</remarks>
internal static class PolarSpectrum
{
    /// <summary>Numbers of <see cref="Magnitudes"/>.</summary>
    public const int Length = Rings * WaveCount;

    private const int Rings = 16;
    private const int Angles = 64;
    private const int WaveCount = 12;
    private const int PaddedWaves = 16; // Two vectors of eight.
    private const int Directions = 128;

    private static readonly float[] AngleCosines = Table(Angles, PaddedWaves, (angle, wave) => MathF.Cos(wave * Angle(angle)));
    private static readonly float[] AngleSines = Table(Angles, PaddedWaves, (angle, wave) => MathF.Sin(wave * Angle(angle)));
    private static readonly float[] TurnCosines = Table(WaveCount, Directions, (wave, turn) => MathF.Cos(wave * Turn(turn)));
    private static readonly float[] TurnSines = Table(WaveCount, Directions, (wave, turn) => MathF.Sin(wave * Turn(turn)));

    /// <summary>The waves of a disc: [ring, wave], free of brightness and contrast, of length 1 as one vector.</summary>
    public static Waves Of(GreyPicture picture, CopyFrame frame)
    {
        Span<float> samples = stackalloc float[Rings * Angles];
        float mean = Sample(picture, frame, samples);
        var real = new float[Length];
        var imaginary = new float[Length];
        float squares = 0;
        for (int ring = 0; ring < Rings; ring++)
        {
            Vector256<float> lowReal = default, highReal = default, lowImaginary = default, highImaginary = default;
            for (int angle = 0; angle < Angles; angle++)
            {
                var value = Vector256.Create(samples[(ring * Angles) + angle] - mean);
                int at = angle * PaddedWaves;
                lowReal += value * Vector256.LoadUnsafe(ref AngleCosines[at]);
                highReal += value * Vector256.LoadUnsafe(ref AngleCosines[at + 8]);
                lowImaginary -= value * Vector256.LoadUnsafe(ref AngleSines[at]);
                highImaginary -= value * Vector256.LoadUnsafe(ref AngleSines[at + 8]);
            }
            // A ring stands for an area that grows with its radius.
            float weight = MathF.Sqrt(ring + 0.5f);
            for (int wave = 0; wave < WaveCount; wave++)
            {
                int at = (ring * WaveCount) + wave;
                // Waves but the constant one stand for their conjugates too.
                float scale = wave == 0 ? weight : weight * MathF.Sqrt(2);
                real[at] = scale * (wave < 8 ? lowReal[wave] : highReal[wave - 8]);
                imaginary[at] = scale * (wave < 8 ? lowImaginary[wave] : highImaginary[wave - 8]);
                squares += (real[at] * real[at]) + (imaginary[at] * imaginary[at]);
            }
        }
        float perLength = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        TensorPrimitives.Multiply(real, perLength, real);
        TensorPrimitives.Multiply(imaginary, perLength, imaginary);
        return new Waves(real, imaginary);
    }

    /// <summary>The waves without their phases, a vector of length 1: the same however the picture lies.</summary>
    public static void Magnitudes(Waves waves, Span<float> into)
    {
        for (int i = 0; i < waves.Real.Length; i++)
        {
            into[i] = MathF.Sqrt((waves.Real[i] * waves.Real[i]) + (waves.Imaginary[i] * waves.Imaginary[i]));
        }
        for (int i = 0; i < Length; i += WaveCount) into[i] = waves.Real[i];
    }

    /// <summary>How the second disc lies to the first: the turn that makes them most alike, mirrored or not.</summary>
    /// <returns>The turn in radians and the correlation there, -1 to 1.</returns>
    public static (double Turn, float Correlation) Align(Waves first, Waves second, bool mirrored)
    {
        Span<float> real = stackalloc float[WaveCount];
        Span<float> imaginary = stackalloc float[WaveCount];
        real.Clear();
        imaginary.Clear();
        float sign = mirrored ? -1 : 1;
        for (int at = 0; at < Length;)
        {
            for (int wave = 0; wave < WaveCount; wave++, at++)
            {
                // The first, or its mirror image, times the conjugate of the second.
                float a = first.Real[at], b = sign * first.Imaginary[at], c = second.Real[at], d = second.Imaginary[at];
                real[wave] += (a * c) + (b * d);
                imaginary[wave] += (b * c) - (a * d);
            }
        }
        float best = float.MinValue;
        int direction = 0;
        for (int turn = 0; turn < Directions; turn += 8)
        {
            Vector256<float> sum = default;
            for (int wave = 0; wave < WaveCount; wave++)
            {
                int at = (wave * Directions) + turn;
                sum += real[wave] * Vector256.LoadUnsafe(ref TurnCosines[at]);
                sum += imaginary[wave] * Vector256.LoadUnsafe(ref TurnSines[at]);
            }
            for (int i = 0; i < 8; i++)
            {
                if (sum[i] > best) (best, direction) = (sum[i], turn + i);
            }
        }
        return (Turn(direction), best);
    }

    private static float[] Table(int rows, int columns, Func<int, int, float> value) =>
        [.. Enumerable.Range(0, rows * columns).Select(at => value(at / columns, at % columns))];

    private static float Angle(int angle) => 2 * MathF.PI * angle / Angles;

    private static float Turn(int direction) => 2 * MathF.PI * direction / Directions;

    private static float Sample(GreyPicture picture, CopyFrame frame, Span<float> samples)
    {
        double sum = 0, weights = 0;
        for (int ring = 0; ring < Rings; ring++)
        {
            double radius = frame.Radius * (ring + 0.5) / Rings;
            for (int angle = 0; angle < Angles; angle++)
            {
                int at = (angle * PaddedWaves) + 1; // The first wave is the direction.
                float value = Bilinear(
                    picture, frame.X + (radius * AngleCosines[at]), frame.Y + (radius * AngleSines[at]));
                samples[(ring * Angles) + angle] = value;
                sum += (ring + 0.5) * value;
            }
            weights += (ring + 0.5) * Angles;
        }
        return (float)(sum / weights);
    }

    private static float Bilinear(GreyPicture picture, double x, double y)
    {
        float across = (float)Math.Clamp(x, 0, Math.Max(0, picture.Width - 1.001));
        float down = (float)Math.Clamp(y, 0, Math.Max(0, picture.Height - 1.001));
        int left = (int)across, top = (int)down;
        across -= left;
        down -= top;
        int at = (top * picture.Width) + left, right = picture.Width > 1 ? 1 : 0, below = picture.Height > 1 ? picture.Width : 0;
        var pixels = picture.Pixels;
        float upper = pixels[at] + ((pixels[at + right] - pixels[at]) * across);
        float lower = pixels[at + below] + ((pixels[at + below + right] - pixels[at + below]) * across);
        return upper + ((lower - upper) * down);
    }
}
