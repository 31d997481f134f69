namespace Gyrus.Dicom.Privacy;

/// <summary>What became of an attribute.</summary>
public enum AttributeChange
{
    /// <summary>It went.</summary>
    Removed,

    /// <summary>Its value went.</summary>
    Emptied,

    /// <summary>Another value stands there.</summary>
    Replaced,

    /// <summary>The profile would have changed it, and an option kept it.</summary>
    Kept,
}

/// <summary>An attribute as reports name it.</summary>
/// <param name="Tag">Its number, or that of its repeating group.</param>
/// <param name="Keyword">Its keyword, or what it is for those that the profile does not list.</param>
public readonly record struct TalliedTag(string Tag, string Keyword);

/// <summary>Counts what became of attributes, of one object or of many. It holds no value of any.</summary>
public sealed class AttributeTally
{
    private readonly SortedDictionary<(string Tag, string Keyword), int[]> _counts = [];

    /// <summary>The attributes that something became of, by their numbers.</summary>
    public IEnumerable<TalliedTag> Attributes => _counts.Keys.Select(key => new TalliedTag(key.Tag, key.Keyword));

    /// <summary>How often something became of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="change">What became of it.</param>
    public int Count(TalliedTag attribute, AttributeChange change) => _counts.TryGetValue((attribute.Tag, attribute.Keyword), out var counts) ? counts[(int)change] : 0;

    /// <summary>How often something became of any attribute.</summary>
    /// <param name="change">What became of it.</param>
    public int Count(AttributeChange change) => _counts.Values.Sum(counts => counts[(int)change]);

    /// <summary>Counts a change.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="change">What became of it.</param>
    public void Add(TalliedTag attribute, AttributeChange change) => Of(attribute)[(int)change]++;

    /// <summary>Counts what became of the attributes of another object.</summary>
    /// <param name="other">Its counts.</param>
    public void Add(AttributeTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var attribute in other.Attributes)
        {
            var counts = Of(attribute);
            foreach (var change in Enum.GetValues<AttributeChange>()) counts[(int)change] += other.Count(attribute, change);
        }
    }

    private int[] Of(TalliedTag attribute)
    {
        var key = (attribute.Tag, attribute.Keyword);
        if (!_counts.TryGetValue(key, out var counts)) _counts[key] = counts = new int[Enum.GetValues<AttributeChange>().Length];
        return counts;
    }
}
