import { cameraRecord } from '../android/camera-roll.ts'
import { fileBytes, thumbnailBytes } from '../media/file-bytes.ts'
import { NEVER } from '../story/never-words.ts'
import type { Story } from '../story/types.ts'
import type { Truth } from '../truth.ts'
import { CAMERA_ROLL, type Phone } from './phone.ts'

/** Writes the camera roll, and the thumbnails that Photos keeps in folders that mirror it. */
export function writeCamera(story: Story, truth: Truth, phone: Phone): void {
  for (const [at, file] of story.camera.entries()) {
    const bytes = fileBytes(file, story.seed)
    phone.add(CAMERA_ROLL, `Media/DCIM/100APPLE/${file.name}`, bytes)
    truth.add(cameraRecord(file, bytes))
    if (at % 5 === 0)
      phone.add(
        CAMERA_ROLL,
        `Media/PhotoData/Thumbnails/V2/DCIM/100APPLE/${file.name}/5003.JPG`,
        thumbnailBytes(file, NEVER.thumbnail, story.seed),
      )
  }
}
