using Gyrus.Samples;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: Generate <ch2.nii.gz> <folder for the samples>");
    return 2;
}
var head = NiftiVolume.Read(args[0]);
var folder = Directory.CreateDirectory(args[1]).FullName;

// Positions are shares of the head's extent: 0 is the lowest, rearmost or leftmost slice.
var axial = head.Axial(0.53);
axial.Save(Path.Combine(folder, "mri-healthy-axial-ventricles.png"));
head.Axial(0.68).Save(Path.Combine(folder, "mri-healthy-axial-upper.png"));
head.Coronal(0.48).Save(Path.Combine(folder, "mri-healthy-coronal.png"));
head.Sagittal(0.47).Save(Path.Combine(folder, "mri-healthy-sagittal.png"));
Lesion.Ring(axial, x: 0.64, y: 0.40, radius: 0.085).Save(Path.Combine(folder, "synthetic-mri-lesion-axial.png"));
CtPhantom.Draw(seed: 1, lesion: false).Save(Path.Combine(folder, "synthetic-ct-healthy.png"));
CtPhantom.Draw(seed: 2, lesion: true).Save(Path.Combine(folder, "synthetic-ct-lesion.png"));
return 0;
