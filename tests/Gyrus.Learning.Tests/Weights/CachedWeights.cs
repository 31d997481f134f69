using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>The user's ResNet50 weights, or a skip with the reason where there are none.</summary>
internal static class CachedWeights
{
    public static BackboneWeights ResNet50()
    {
        var store = new WeightStore(UserCache.Folder("weights"));
        Assert.SkipUnless(
            store.List().Any(entry => entry.Backbone == Backbone.ResNet50.Name),
            "needs ResNet50's weights in the user's cache: gyrus weights add PATH");
        return store.Require(Backbone.ResNet50);
    }
}
