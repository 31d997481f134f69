using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Annotating;
using Gyrus.Data.Manifests;
using Gyrus.Data.Tests.Splits;
using Xunit;

namespace Gyrus.Data.Tests.Annotating;

public sealed class PatientNumbersTests
{
    [Fact]
    public void Assign_joins_numbers_that_are_close_and_what_they_link()
    {
        var result = PatientNumbers.Assign(Set(("1", "mri_glioma"), ("20", "mri_glioma"), ("39", "mri_glioma"), ("59", "mri_glioma")), "number", within: 20);

        Assert.Equal(["1", "1", "1", "59"], Patients(result));
        Assert.Equal((4, 2), (result.Images, result.Patients));
    }

    [Fact]
    public void Assign_parts_labels_that_no_tumour_has_both_of_but_not_the_same_number()
    {
        var result = PatientNumbers.Assign(
            Set(("1", "mri_glioma"), ("2", "mri_pituitary"), ("5", "mri_tumor"), ("90", "mri_glioma"), ("90", "mri_pituitary")), "number", within: 4);

        Assert.Equal(["1", "2", "2", "90", "90"], Patients(result));
    }

    [Fact]
    public void Assign_passes_over_rows_without_a_number_with_a_patient_or_of_another_origin()
    {
        var set = new Manifest("/data", [Row(0, "7", "", "a"), Row(1, "no-8", "", "a"), Row(2, "9", "Doe", "a"), Row(3, "8", "", "b"), Row(4, "", "", "a")])
        {
            MoreColumns = ["number", "patient", "origin"],
        };

        var result = PatientNumbers.Assign(set, "number", within: 20, new RowCondition(new Dictionary<string, string> { ["origin"] = "a" }));

        Assert.Equal(["a-7", "", "Doe", "", ""], Patients(result));
    }

    [Fact]
    public void Assign_never_parts_close_numbers_of_one_label_whatever_the_order() => Prop.ForAll(
        Gen.Choose(0, 60).NonEmptyListOf().ToArbitrary(), Gen.Choose(1, 25).ToArbitrary(), (numbers, within) =>
        {
            var set = Set([.. numbers.Select(number => ($"{number}", "mri_glioma"))]);

            var result = PatientNumbers.Assign(set, "number", within);
            var shuffled = PatientNumbers.Assign(set.Shuffled(3), "number", within);

            var named = result.Manifest.Rows.Select(row => (Number: int.Parse(row.More[0], null), Patient: row.More[1])).OrderBy(row => row.Number).ToList();
            Assert.All(named.Zip(named.Skip(1)), pair =>
                Assert.Equal(pair.Second.Number - pair.First.Number < within, pair.First.Patient == pair.Second.Patient));
            Assert.Equal(result.Manifest.Rows.OrderBy(row => row.Path), shuffled.Manifest.Rows.OrderBy(row => row.Path));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("number", 0, "closer than 0: give 1 or more")]
    [InlineData("place", 5, "no column 'place'")]
    [InlineData("patient", 5, "No image without a patient has a whole number in the column 'patient'")]
    public void Assign_of_what_cannot_be_meant_is_refused(string column, int within, string why)
    {
        var set = new Manifest("/data", [Row(0, "7", "", "a")]) { MoreColumns = ["number", "patient", "origin"] };

        var error = Assert.Throws<GyrusException>(() => PatientNumbers.Assign(set, column, within));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Patients(NumberedPatients result) =>
        result.Manifest.Rows.Select(row => result.Manifest.Value(row, KnownColumns.Patient));

    private static Manifest Set(params (string Number, string Label)[] images) =>
        new("/data", [.. images.Select((image, i) => MadeUpSets.Row(i, image.Label) with { More = new([image.Number]) })]) { MoreColumns = ["number"] };

    private static ManifestRow Row(int at, string number, string patient, string origin) =>
        MadeUpSets.Row(at, "mri_glioma") with { More = new([number, patient, origin]) };
}
