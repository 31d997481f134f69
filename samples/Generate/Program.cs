using Gyrus;
using Gyrus.Samples;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: Generate <folder of ch2.nii.gz and ch2bet.nii.gz> <folder to write to>");
    return 2;
}
try
{
    SampleSet.Write(templates: args[0], samples: args[1]);
    return 0;
}
catch (GyrusException e)
{
    Console.Error.WriteLine("Generate: " + e.Message);
    return 2;
}
