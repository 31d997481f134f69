namespace Gyrus.Data.Splits;

/// <summary>What a split keeps together.</summary>
public enum SplitKind
{
    /// <summary>All copies of a scan; with a column, all that has the same value in it too.</summary>
    Group,

    /// <summary>Byte-for-byte copies and no others.</summary>
    Random,

    /// <summary>Nothing: the parts are those that the source gave.</summary>
    Published,
}
