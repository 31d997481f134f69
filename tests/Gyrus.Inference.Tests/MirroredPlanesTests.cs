using Xunit;

namespace Gyrus.Inference.Tests;

public sealed class MirroredPlanesTests
{
    [Theory]
    [InlineData(false, false, new float[] { 1, 2, 3, 4 })]
    [InlineData(true, false, new float[] { 2, 1, 4, 3 })]
    [InlineData(false, true, new float[] { 3, 4, 1, 2 })]
    [InlineData(true, true, new float[] { 4, 3, 2, 1 })]
    public void Write_mirrors_each_plane_for_itself(bool across, bool down, float[] expected)
    {
        float[] source = [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24];
        var target = new float[12];

        MirroredPlanes.Write(source, 2, across, down, target);

        for (int plane = 0; plane < 3; plane++)
            Assert.Equal(expected.Select(value => value + (10 * plane)), target.AsSpan(plane * 4, 4).ToArray());
    }
}
