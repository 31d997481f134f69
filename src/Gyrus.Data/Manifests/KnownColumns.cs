namespace Gyrus.Data.Manifests;

/// <summary>The names of those further columns of a manifest that Gyrus knows what to do with; a data set may have some, all or none of them.</summary>
public static class KnownColumns
{
    /// <summary>The collection that an image was published in.</summary>
    public const string Source = "source";

    /// <summary>The person who was imaged, as the source numbers its people.</summary>
    public const string Patient = "patient";

    /// <summary>The examination that the image is of.</summary>
    public const string Study = "study";

    /// <summary>The series of the examination that the image is a slice of.</summary>
    public const string Series = "series";

    /// <summary>How the image was made: <c>ct</c>, <c>t1</c>, <c>t1c</c> (after contrast), <c>t2</c>, <c>flair</c>, <c>pd</c>.</summary>
    public const string Sequence = "sequence";

    /// <summary>The plane of the slice: <c>axial</c>, <c>coronal</c>, <c>sagittal</c>.</summary>
    public const string Plane = "plane";

    /// <summary>An image of the lesion, white on black, of the scan's size; a path as the scan's own is.</summary>
    public const string Mask = "mask";
}
