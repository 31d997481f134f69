using Gyrus.Imaging.Acquisition;
using Xunit;

namespace Gyrus.Imaging.Tests.Acquisition;

public sealed class SequenceWordsTests
{
    [Theory]
    [InlineData("t1, sagittal", "Sagittal T1")]
    [InlineData("T1C", "T1 after contrast")]
    [InlineData("flair, axial", "Axial FLAIR")]
    [InlineData("swi, coronal", "Coronal swi")]
    [InlineData("", "")]
    public void Of_writes_sequence_and_plane_as_people_do(string name, string words) => Assert.Equal(words, SequenceWords.Of(name));
}
