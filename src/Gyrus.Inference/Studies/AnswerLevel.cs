namespace Gyrus.Inference.Studies;

/// <summary>What a row of answers is of.</summary>
public enum AnswerLevel
{
    /// <summary>An image.</summary>
    Slice,

    /// <summary>A series of a study.</summary>
    Series,

    /// <summary>A study with its series.</summary>
    Study,
}
