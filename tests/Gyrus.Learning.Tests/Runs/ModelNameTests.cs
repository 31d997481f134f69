using Gyrus.Learning.Backbones;
using Gyrus.Learning.Runs;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

public sealed class ModelNameTests
{
    [Theory]
    [InlineData("runs/first", "first-resnet50")]
    [InlineData("runs/first/", "first-resnet50")]
    [InlineData("runs/first/../second", "second-resnet50")]
    [InlineData("/", "run-resnet50")]
    public void UsualName_is_of_the_run_and_the_backbone(string folder, string expected) =>
        Assert.Equal(expected, RunExport.UsualName(folder, Backbone.ResNet50));

    [Fact]
    public void UsualName_is_not_the_shipped_models()
    {
        var shipped = Gyrus.Models.ModelPackage.Load(Path.Combine(TestFiles.Root, "models", "default")).Description.Name;

        Assert.NotEqual(shipped, RunExport.UsualName("runs/default", Backbone.ResNet50));
    }
}
