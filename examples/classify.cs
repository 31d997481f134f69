#:project ../src/Gyrus.Inference/Gyrus.Inference.csproj

// Classifies the samples, and says where the model sees a tumour:
//     dotnet run -c Release examples/classify.cs
using System.Globalization;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var classifier = ScanClassifier.Open("models/default");

foreach (var result in classifier.Classify(Directory.GetFiles("samples", "*.png").Order(StringComparer.Ordinal)))
{
    Console.WriteLine(result.Accepted
        ? $"{result.Path}: {(result.IsTumour == true ? "tumour" : "no tumour seen")}, probability of one {result.Tumour:0.00}; {result.Label!.Name}"
        : $"{result.Path}: no answer. {result.Error ?? result.Reason}");
}

// Where the answer to one of them comes from: each cell of the map adds to the log-odds of a tumour.
var scan = ScanDecoder.Read("samples/synthetic-ct-lesion.png");
var explanation = classifier.Explain(scan);
int strongest = Enumerable.Range(0, explanation.Map.Values.Length).MaxBy(cell => explanation.Map.Values[cell]);
Console.WriteLine($"most of it from cell {strongest % explanation.Map.Width} across, {strongest / explanation.Map.Width} down, of {explanation.Map.Width} x {explanation.Map.Height} over the head");
