using Gyrus.Dicom.Writing;
using Xunit;

namespace Gyrus.Dicom.Tests.Writing;

public class DicomUidsTests
{
    [Theory]
    [InlineData("2.25")]
    [InlineData("1.2.826.0.1.3680043.8.498")]
    public void A_name_has_one_uid_and_another_another(string root)
    {
        var uids = new DicomUids(root);
        string[] made = [.. Enumerable.Range(0, 2000).Select(i => uids.Of($"name {i}"))];

        Assert.Equal(made.Length, made.Distinct().Count());
        Assert.Equal(made[7], new DicomUids(root).Of("name 7"));
        Assert.All(made, uid => Assert.Matches(@"^[0-9]+(\.(0|[1-9][0-9]*))+$", uid));
        Assert.All(made, uid => Assert.True(uid.StartsWith(root + ".", StringComparison.Ordinal) && uid.Length <= 64));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.02")]
    [InlineData("1..2")]
    [InlineData("1.2.x")]
    [InlineData("1.2.840.113619.2.22.287.1.19990524.214221.1")]
    public void What_is_no_root_is_refused(string root) => Assert.Contains("root", Assert.Throws<GyrusException>(() => new DicomUids(root)).Message, StringComparison.Ordinal);
}
