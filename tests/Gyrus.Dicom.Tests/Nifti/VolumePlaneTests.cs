using Gyrus.Dicom.Nifti;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Nifti;

public sealed class VolumePlaneTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A volume of 4 x 5 x 6 whose voxels say where they lie: 100 right + 10 front + up, whichever way its axes run.
    [Theory]
    [InlineData(0, 1, 2, false, false, false)]
    [InlineData(0, 1, 2, true, false, true)]
    [InlineData(2, 0, 1, false, true, false)]
    [InlineData(1, 2, 0, true, true, true)]
    public void Slices_are_seen_as_radiologists_see_them_whichever_way_axes_run(int right, int front, int up, bool left, bool back, bool down)
    {
        var planes = VolumePlane.Of(NiftiVolume.Read(Write([right, front, up], [left, back, down], [1, 1, 1])));

        Assert.Equal(["axial", "coronal", "sagittal"], planes.Select(plane => plane.Name));
        var (axial, coronal, sagittal) = (planes[0], planes[1], planes[2]);
        Assert.Equal((4, 5, 6), (axial.Columns, axial.Rows, axial.Count));
        // Right and front above on the left; left and back below on the right.
        var values = axial.Values(2);
        Assert.Equal([300 + 40 + 2, 0 + 0 + 2], [values[0], values[^1]]);
        values = coronal.Values(1);
        Assert.Equal([300 + 10 + 5, 0 + 10 + 0], [values[0], values[^1]]);
        values = sagittal.Values(3);
        Assert.Equal([300 + 40 + 5, 300 + 0 + 0], [values[0], values[^1]]);
    }

    [Fact]
    public void Of_thick_slices_only_their_own_plane_is_read()
    {
        var planes = VolumePlane.Of(NiftiVolume.Read(Write([0, 1, 2], [false, false, false], [1, 1, 5])));

        var plane = Assert.Single(planes);
        Assert.Equal(("axial", 5), (plane.Name, plane.SliceSpacing));
    }

    private string Write(int[] axes, bool[] reversed, float[] spacing)
    {
        int[] inPatient = [4, 5, 6];
        var size = new int[3];
        for (int direction = 0; direction < 3; direction++) size[axes[direction]] = inPatient[direction];
        var bytes = new byte[352 + (120 * 2)];
        BitConverter.GetBytes(348).CopyTo(bytes, 0);
        BitConverter.GetBytes((short)3).CopyTo(bytes, 40);
        for (int axis = 0; axis < 3; axis++)
        {
            BitConverter.GetBytes((short)size[axis]).CopyTo(bytes, 42 + (2 * axis));
            BitConverter.GetBytes(spacing[axis]).CopyTo(bytes, 80 + (4 * axis));
        }
        BitConverter.GetBytes((short)4).CopyTo(bytes, 70);
        BitConverter.GetBytes(352f).CopyTo(bytes, 108);
        BitConverter.GetBytes((short)1).CopyTo(bytes, 254);
        for (int direction = 0; direction < 3; direction++)
            BitConverter.GetBytes((reversed[direction] ? -1 : 1) * spacing[axes[direction]]).CopyTo(bytes, 280 + (16 * direction) + (4 * axes[direction]));
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        var at = new int[3];
        for (int i = 0; i < 120; i++)
        {
            (at[0], at[1], at[2]) = (i % size[0], i / size[0] % size[1], i / (size[0] * size[1]));
            int In(int direction) => reversed[direction] ? inPatient[direction] - 1 - at[axes[direction]] : at[axes[direction]];
            BitConverter.GetBytes((short)((100 * In(0)) + (10 * In(1)) + In(2))).CopyTo(bytes, 352 + (2 * i));
        }
        File.WriteAllBytes(_folder.File("v.nii"), bytes);
        return _folder.File("v.nii");
    }
}
