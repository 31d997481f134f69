using FsCheck;
using FsCheck.Fluent;
using Gyrus.Dicom.Nifti;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Nifti;

public sealed class NiftiWriterTests : IDisposable
{
    // The first part of a quaternion is not written but found as a = sqrt(1 - b² - c² - d²): about half a turn, where it is next to none, float32 of the others (2^-25 each, 2 sqrt(3) of it in the
    // sum) leaves it uncertain by sqrt(2 sqrt(3) 2^-25) = 3.2e-4, and a cosine, which holds 2ab, by twice that.
    private const double QuaternionRounding = 6.5e-4;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Values_and_places_come_back_by_sform_and_by_qform()
    {
        // Any turn and any steps, mirrored or not: angles in thousandths, half turns often; steps in hundredths of a millimetre.
        var turns = Gen.OneOf(Gen.Choose(-3141, 3141), Gen.Elements(-3142, -3141, 0, 3141, 3142)).Three().SelectMany(angles => Gen.Choose(10, 700).Three().SelectMany(steps => Gen.Elements(1, -1).Select(hand => (angles, steps, hand)))).ToArbitrary();
        Prop.ForAll(turns, turn =>
        {
            var affine = Affine(turn.angles, turn.steps, turn.hand);
            float[][] slices = [[1, -2, 3, 4, 5, 32767], [7, 8, 9, 10, 11, -32768]];
            NiftiWriter.Write(_folder.File("v.nii.gz"), (3, 2, 2), affine, isWhole: true, slices);

            var volume = NiftiVolume.Read(_folder.File("v.nii.gz"));
            Assert.Equal([3, 2, 2], volume.Header.Size);
            Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(slices[i / 6][i % 6], volume.Value(i % 3, i / 3 % 2, i / 6)));
            Near(affine, volume.Header.Affine, 1e-5);
            Near(affine, NiftiHeader.Read("v", WithoutSform(_folder.File("v.nii.gz"))).Affine, 7 * QuaternionRounding);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Axes_that_slant_have_an_sform_alone()
    {
        var affine = new double[,] { { -0.5, 0, 0, 10 }, { 0, -0.47, 0, 20 }, { 0, -0.16, 4, 30 } }; // a tilted gantry
        NiftiWriter.Write(_folder.File("v.nii.gz"), (1, 1, 1), affine, isWhole: false, [[0.1f]]);

        var volume = NiftiVolume.Read(_folder.File("v.nii.gz"));
        Near(affine, volume.Header.Affine, 1e-6);
        Assert.Equal(0.1f, volume.Value(0, 0, 0));
        Assert.False(NiftiHeader.Read("v", WithoutSform(_folder.File("v.nii.gz"))).IsPlaced);
    }

    [Fact]
    public void Another_number_of_slices_leaves_the_old_file()
    {
        File.WriteAllText(_folder.File("v.nii.gz"), "old");
        Assert.Throws<ArgumentException>(() => NiftiWriter.Write(_folder.File("v.nii.gz"), (1, 1, 2), new double[3, 4], isWhole: true, [[1]]));
        Assert.Equal("old", File.ReadAllText(_folder.File("v.nii.gz")));
    }

    public void Dispose() => _folder.Dispose();

    private static ReadOnlyMemory<byte> WithoutSform(string path)
    {
        using var gzip = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        var header = bytes.ToArray();
        header[254] = 0;
        return header;
    }

    private static void Near(double[,] expected, double[,] found, double within) =>
        Assert.All(expected.Cast<double>().Zip(found.Cast<double>()), pair => Assert.Equal(pair.First, pair.Second, within));

    private static double[,] Affine((int A, int B, int C) angles, (int X, int Y, int Z) steps, int hand)
    {
        double[,] turn = Product(Product(Turn(0, angles.A / 1000.0), Turn(1, angles.B / 1000.0)), Turn(2, angles.C / 1000.0));
        double[] along = [steps.X / 100.0, steps.Y / 100.0, hand * steps.Z / 100.0];
        var affine = new double[3, 4];
        for (int row = 0; row < 3; row++)
        {
            for (int axis = 0; axis < 3; axis++) affine[row, axis] = turn[row, axis] * along[axis];
            affine[row, 3] = (row * 11.5) - 40;
        }
        return affine;
    }

    private static double[,] Turn(int around, double angle)
    {
        var turn = new double[3, 3];
        int a = (around + 1) % 3, b = (around + 2) % 3;
        turn[around, around] = 1;
        (turn[a, a], turn[a, b], turn[b, a], turn[b, b]) = (Math.Cos(angle), -Math.Sin(angle), Math.Sin(angle), Math.Cos(angle));
        return turn;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        var product = new double[3, 3];
        for (int i = 0; i < 9; i++) product[i / 3, i % 3] = Enumerable.Range(0, 3).Sum(k => a[i / 3, k] * b[k, i % 3]);
        return product;
    }
}
