namespace Gyrus.Data.Shortcuts;

/// <summary>What a label is guessed from.</summary>
public enum ShortcutSource
{
    /// <summary>All of the others together.</summary>
    All,

    /// <summary>The pixels along the image's border.</summary>
    Border,

    /// <summary>Where there is writing or drawing outside the head.</summary>
    Text,

    /// <summary>The image's width, height and shape, its file format and its colour mode.</summary>
    File,
}
