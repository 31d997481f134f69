using System.Text;
using Xunit;

namespace Gyrus.DicomWeb.Tests;

public class ArchiveAddressTests
{
    [Fact]
    public void Credentials_come_from_the_environment_a_token_first()
    {
        Dictionary<string, string> environment = new() { [ArchiveAddress.UserVariable] = "dr", [ArchiveAddress.PasswordVariable] = "pä:ss" };

        var user = ArchiveAddress.Parse("dicomweb:https://pacs.example/dicom-web", environment.GetValueOrDefault);
        environment[ArchiveAddress.TokenVariable] = "abc";
        var token = ArchiveAddress.Parse("dicomweb:https://pacs.example/dicom-web/", environment.GetValueOrDefault);

        Assert.Equal("https://pacs.example/dicom-web/", user.Address.ToString());
        Assert.Equal("dr:pä:ss", Encoding.UTF8.GetString(Convert.FromBase64String(user.Credentials!.Parameter!)));
        Assert.Equal("Bearer abc", token.Credentials!.ToString());
        Assert.Null(user.Warning);
        Assert.Null(ArchiveAddress.Parse("dicomweb:http://pacs.example/", _ => null).Credentials);
    }

    [Theory]
    [InlineData("http://pacs.example", true)]
    [InlineData("http://127.0.0.1:8042", false)]
    [InlineData("https://pacs.example", false)]
    public void Credentials_in_clear_are_warned_of(string address, bool isWarned) =>
        Assert.Equal(isWarned, ArchiveAddress.Parse("dicomweb:" + address, _ => "x").Warning is not null);

    [Theory]
    [InlineData("dicomweb:", "names no archive")]
    [InlineData("dicomweb:ftp://a/b", "names no archive")]
    [InlineData("http://a/b", "names no archive")]
    [InlineData("dicomweb:http://me:secret@a/b", "a password does not belong into an address")]
    public void What_names_no_archive_is_refused_without_its_password(string text, string reason)
    {
        var error = Assert.Throws<GyrusException>(() => ArchiveAddress.Parse(text, _ => null)).Message;

        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_are_attributes_and_values()
    {
        Assert.Equal("ModalitiesInStudy=MR&PatientName=M%C3%BCller%2A", ArchiveQuery.Parse("ModalitiesInStudy=MR, PatientName=Müller*"));
        Assert.Throws<GyrusException>(() => ArchiveQuery.Parse("ModalitiesInStudy"));
        Assert.Throws<GyrusException>(() => ArchiveQuery.Parse("a/b=1"));
        Assert.Throws<GyrusException>(() => ArchiveQuery.Uid("1.2/../3"));
    }
}
