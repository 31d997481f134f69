using Gyrus;
using Gyrus.Samples;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: Generate <folder of ch2.nii.gz and ch2bet.nii.gz> <folder for pictures> <folder for the series>");
    return 2;
}
try
{
    SampleSet.Write(templates: args[0], samples: args[1], study: args[2]);
    return 0;
}
catch (GyrusException e)
{
    Console.Error.WriteLine("Generate: " + e.Message);
    return 2;
}
