#!/usr/bin/env bash
# Checks the packages of the libraries, and that a fresh project answers a scan with one of them and nothing else of this repository but a model:
#     dotnet pack -c Release -p:Version=0.1.0-try.1 -o FOLDER && .ci/packages.sh FOLDER 0.1.0-try.1
# A version is restored from NuGet's cache once it is there, so each try has another one; the cache is left without it.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$PWD
feed=$(realpath "$1")
version=$2
work=$(mktemp -d)
cache=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
trap 'rm -rf "$work" "$cache"/gyrus.*/"$version"' EXIT
fail() { echo ".ci/packages.sh: $*" >&2; exit 1; }
holds() { python3 -m zipfile -l "$1" | grep "^$2 " > /dev/null || fail "$1 has no $2"; }

for library in src/*/PublicAPI.Shipped.txt; do
  name=$(basename "$(dirname "$library")")
  for file in README.md icon.png "lib/net10.0/$name.dll" "lib/net10.0/$name.xml"; do holds "$feed/$name.$version.nupkg" "$file"; done
  holds "$feed/$name.$version.snupkg" "lib/net10.0/$name.pdb"
done

# A console project whose program is the one on the package's page.
project() {
  mkdir "$work/$1"
  cd "$work/$1"
  cat > nuget.config <<END
<configuration><packageSources><add key="packed" value="$feed" /></packageSources></configuration>
END
  cat > program.csproj <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="$1" Version="$version" />
  </ItemGroup>
</Project>
END
  sed -n '/^```csharp$/,/^```$/{/^```/d;p}' "$root/src/$1/README.md" > Program.cs
}

project Gyrus.Inference
ln -s "$root/models" models
cp "$root/samples/synthetic-ct-lesion.png" scan.png
answer=$(dotnet run -c Release)
[[ $answer == "ct_tumor, tumour 0.8"* ]] || fail "the program of Gyrus.Inference's page says: $answer"
echo "Gyrus.Inference: $answer"

# Without libtorch the build says which package to add; the weights lie beside the program.
project Gyrus.Learning
said=$(dotnet build -c Release 2>&1) && fail "Gyrus.Learning is built without libtorch"
grep -q "dotnet add package libtorch-cpu-linux-x64" <<< "$said" || fail "Gyrus.Learning does not say which package it needs: $said"
dotnet build -c Release -v q -p:GyrusWithoutLibtorch=true
[ -e bin/Release/net10.0/weights/resnet18.onnx ] || fail "Gyrus.Learning brings no weights of ResNet18"
echo "Gyrus.Learning: asks for libtorch, brings ResNet18"
