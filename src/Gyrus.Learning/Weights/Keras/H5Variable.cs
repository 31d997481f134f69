using PureHDF;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>A weight in an HDF5 file.</summary>
internal static class H5Variable
{
    /// <summary>Describes a data set, to be read later.</summary>
    public static StoredVariable Of(string name, IH5Dataset dataset)
    {
        int[] shape = [.. dataset.Space.Dimensions.Select(size => checked((int)size))];
        return new StoredVariable(name, shape, () => Read(dataset));
    }

    private static float[] Read(IH5Dataset dataset)
    {
        if (dataset.Type is { Class: H5DataTypeClass.FloatingPoint, Size: 4 }) return dataset.Read<float[]>();
        if (dataset.Type is { Class: H5DataTypeClass.FloatingPoint, Size: 2 })
            return Array.ConvertAll(dataset.Read<Half[]>(), value => (float)value);
        throw new InvalidDataException($"'{dataset.Name}' is {dataset.Type.Class} of {dataset.Type.Size} bytes; only "
            + "float32 and float16 can be read");
    }
}
