namespace Gyrus.Inference.HeatMaps;

/// <summary>How a heat map is computed.</summary>
public enum HeatMapMethod
{
    /// <summary>The class activation map that the network gives beside its answer, at hardly any cost: a cell's value is
    /// what it adds to the tumour's log-odds, to first order. Selvaraju et al. 2017 (Grad-CAM), Zhou et al. 2016.</summary>
    Cam,

    /// <summary>A patch that is moved over the image: a pixel's value is by how much the tumour's log-odds fall when a
    /// patch covers it, the mean over those that do. Some hundred times as much work. Zeiler and Fergus 2014.</summary>
    Occlusion,
}
