namespace Gyrus.Samples;

/// <summary>The samples: four real slices of one head, three synthetic ones, and the head as a DICOM series.</summary>
internal static class SampleSet
{
    // One head, whole and with all but the brain set to 0.
    private const string Head = "ch2.nii.gz", Brain = "ch2bet.nii.gz";

    // Millimetres in MNI space: the bodies of the lateral ventricles, and the white matter above them.
    private const double VentricleHeight = 14, UpperHeight = 36;

    // Around the axial slices, as a scanner's field of view is: 320 pixels of 0.75 mm, centred on the head.
    private static readonly Canvas s_fieldOfView = new(320, 320, 0.75);

    private static readonly Window s_mriWindow = new(8, 165), s_ctWindow = new(-5, 80);

    /// <summary>Writes all samples. The same volumes give the same bytes.</summary>
    /// <param name="templates">The folder of the two volumes.</param>
    /// <param name="samples">The folder that takes the pictures.</param>
    /// <param name="study">The folder that takes the series.</param>
    /// <exception cref="GyrusException">A volume is missing, or not as mricron-data has it.</exception>
    public static void Write(string templates, string samples, string study)
    {
        var head = NiftiVolume.Read(Path.Combine(templates, Head));
        var brain = NiftiVolume.Read(Path.Combine(templates, Brain));

        var upper = Slice.Axial(head, UpperHeight, s_fieldOfView);
        Save("mri-healthy-axial-ventricles", Slice.Axial(head, VentricleHeight, s_fieldOfView), s_mriWindow);
        Save("mri-healthy-axial-upper", upper, s_mriWindow);
        Save("mri-healthy-coronal", Slice.Coronal(head, -16, new Canvas(256, 256, 0.7)), s_mriWindow);
        Save("mri-healthy-sagittal", Slice.Sagittal(head, 1, new Canvas(304, 256, 0.7)), s_mriWindow);

        var ct = SyntheticCt.Create(head, brain, VentricleHeight, s_fieldOfView);
        Save("synthetic-ct-healthy", ct.WithNoise(seed: 1), s_ctWindow);
        Save("synthetic-ct-lesion", SyntheticLesion.DenseMass.In(ct).WithNoise(seed: 2), s_ctWindow);
        Save("synthetic-mri-lesion-axial", SyntheticLesion.RingEnhancing.In(upper), s_mriWindow);

        HeadSeries.Write(head, study);

        void Save(string name, Slice slice, Window window) =>
            Png.Write(Path.Combine(samples, name + ".png"), slice, window);
    }
}
