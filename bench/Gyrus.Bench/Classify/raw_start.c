// Loads a network with ONNX Runtime's C interface, computes one image and ends: what the start of gyrus is measured beside.
// Arguments: the file, the input's name, an output's name, the image's side, runs. Prints the milliseconds of each run.
#include <onnxruntime_c_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const OrtApi *ort;

static void check(OrtStatus *status) {
  if (status == NULL) return;
  fprintf(stderr, "%s\n", ort->GetErrorMessage(status));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return 1e3 * time.tv_sec + 1e-6 * time.tv_nsec;
}

int main(int count, char **given) {
  if (count != 6) return 2;
  ort = OrtGetApiBase()->GetApi(ORT_API_VERSION);
  OrtEnv *env;
  OrtSessionOptions *options;
  OrtSession *session;
  OrtMemoryInfo *memory;
  check(ort->CreateEnv(ORT_LOGGING_LEVEL_ERROR, "raw", &env));
  check(ort->CreateSessionOptions(&options));
  check(ort->SetIntraOpNumThreads(options, 1));
  check(ort->CreateSession(env, given[1], options, &session));
  check(ort->CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &memory));

  int64_t side = atoi(given[4]), shape[] = {1, 3, side, side};
  size_t length = 3 * side * side;
  float *image = malloc(length * sizeof(float));
  for (size_t i = 0; i < length; i++) image[i] = (float)(i % 255) - 127;
  OrtValue *input;
  check(ort->CreateTensorWithDataAsOrtValue(memory, image, length * sizeof(float), shape, 4, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &input));
  const char *inputs[] = {given[2]}, *outputs[] = {given[3]};
  for (int run = 0; run < atoi(given[5]); run++) {
    OrtValue *output = NULL;
    double start = now();
    check(ort->Run(session, NULL, inputs, (const OrtValue *const *)&input, 1, outputs, 1, &output));
    printf("%.3f\n", now() - start);
    fflush(stdout);
    ort->ReleaseValue(output);
  }
  return 0;
}
