using Gyrus.Data.Audit;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

public sealed class LabelMeetingTests
{
    [Theory]
    [InlineData("ct_tumor", "ct_haemorrhage", true)]
    [InlineData("ct_tumor", "ct_healthy", true)]
    [InlineData("ct_healthy", "ct_haemorrhage", true)]
    [InlineData("ct_healthy", "mri_healthy", true)]
    [InlineData("mri_glioma", "mri_meningioma", true)]
    [InlineData("ct_tumor", "ct_haematoma", true)]
    [InlineData("ct_tumor", "ct_tumor", false)]
    [InlineData("mri_tumor", "mri_glioma", false)]
    [InlineData("mri_tumor", "mri_pituitary", false)]
    [InlineData("mri_healthy", "no_tumor", false)]
    [InlineData("yes", "mri_metastases", false)]
    [InlineData("glioma_tumor", "mri_glioma", false)]
    public void Labels_contradict_where_both_cannot_be_true(string one, string other, bool contradict)
    {
        var meeting = new LabelMeeting([one, other]);

        Assert.Equal(contradict, meeting.Contradict(one, other));
        Assert.Equal(contradict, meeting.Contradict(other, one));
    }
}
