namespace Gyrus.Dicom.Privacy;

/// <summary>What the basic profile does to an attribute: PS3.15 table E.1-1a. Where it leaves a choice to what the object requires, the one is taken that leaves every object valid.</summary>
public enum ProfileAction
{
    /// <summary>D: a value that says nothing.</summary>
    Dummy,

    /// <summary>Z: no value.</summary>
    Empty,

    /// <summary>X: the attribute goes.</summary>
    Remove,

    /// <summary>U: another UID, the same wherever the old one stood.</summary>
    Uid,

    /// <summary>Z/D: <see cref="Dummy"/> is taken.</summary>
    EmptyOrDummy,

    /// <summary>X/Z: <see cref="Empty"/> is taken.</summary>
    RemoveOrEmpty,

    /// <summary>X/D: <see cref="Dummy"/> is taken.</summary>
    RemoveOrDummy,

    /// <summary>X/Z/D: <see cref="Dummy"/> is taken.</summary>
    RemoveOrEmptyOrDummy,

    /// <summary>X/Z/U*: the sequence stays, with other UIDs in it.</summary>
    RemoveOrEmptyOrUid,
}

/// <summary>What an option of the profile does to an attribute.</summary>
public enum OptionAction
{
    /// <summary>Nothing: the basic profile holds.</summary>
    None,

    /// <summary>K: it is kept.</summary>
    Keep,

    /// <summary>C: it is kept without what tells who it is of.</summary>
    Clean,
}
